-- For a format that is written whole after Quarto: it need not convert anything itself.
return { { Pandoc = function(doc) return pandoc.Pandoc({}, doc.meta) end } }
