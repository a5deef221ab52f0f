// Keeps the conversation in this tab alone, so that a reload can go on. It is gone with the tab, and can be erased.

const KEY = "upper-back-guide";

export function keep(conversation) {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(conversation));
  } catch {
    // Without storage a reload begins anew; the conversation itself goes on.
  }
}

// Returns what was kept under this mark, or null: another version of the page or of the guide begins anew.
export function kept(mark) {
  try {
    const found = JSON.parse(sessionStorage.getItem(KEY));
    return found && found.mark === mark && found.screen ? found : null;
  } catch {
    return null;
  }
}

export function erase() {
  try {
    sessionStorage.removeItem(KEY);
  } catch {
    // There was nothing to erase.
  }
}
