"""UIMA CAS, as XMI and as JSON, as INCEpTION reads and writes it, through dkpro-cassis."""
