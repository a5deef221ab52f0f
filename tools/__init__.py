"""Programs that build and check what is generated, and the tools of those who maintain the project."""
