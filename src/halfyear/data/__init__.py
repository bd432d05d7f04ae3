"""Data: tables read, checked, and proved against the documents they come from."""
