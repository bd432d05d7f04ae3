"""The preview of an edition: one language's page, made anew at every save."""
