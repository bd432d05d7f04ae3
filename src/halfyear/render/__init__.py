"""From a composed source to checked PDF and HTML, through either engine."""
