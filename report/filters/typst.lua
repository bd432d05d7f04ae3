-- Writes the composed source as calls of the functions in templates/layout.typ.
local here = (PANDOC_SCRIPT_FILE or ''):match('^(.*[/\\])') or ''
package.path = here .. '?.lua;' .. package.path
local common = require('common')

local function quoted(text)
  return '"' .. text:gsub('\\', '\\\\'):gsub('"', '\\"') .. '"'
end

local options = pandoc.WriterOptions({ wrap_text = 'none' })

local boundary = '\30'  -- the record separator, which no text holds

local function trimmed(text)
  return (text:gsub('^%s+', ''):gsub('%s+$', ''))
end

local function write(blocks)
  return trimmed(pandoc.write(pandoc.Pandoc(blocks), 'typst-smart', options))
end

local function inlines(content)
  return write({ pandoc.Plain(content) })
end

local function raw(text)
  return pandoc.RawInline('typst', text)
end

local function call(name, content)
  local out = pandoc.Inlines({ raw('#' .. name .. '[') })
  out:extend(content)
  out:insert(raw('];'))
  return out
end

-- Typst would turn hyphens and dots into dashes, minus signs and ellipses; text stays as it is.
local function literal(el)
  local function mark(run, after)
    return (#run > 1 or after ~= '') and run:gsub('.', '\1%0\1') .. after or nil
  end
  local marked = el.text:gsub('(%-+)([%?%d]?)', mark):gsub('(%.%.+)(%d?)', mark)
  if marked == el.text then return nil end
  local out, plain = pandoc.Inlines({}), true
  for piece in (marked .. '\1'):gmatch('(.-)\1') do
    if piece ~= '' then
      out:insert(plain and pandoc.Str(piece) or raw('\\' .. piece))
    end
    plain = not plain
  end
  return out
end

local styles = { 'muted', 'wine', 'navy', 'nowrap', 'printed', 'card-number' }
local captions = { 'figtitle', 'figsub', 'fignote' }

local function span(el)
  local class = common.classes(el)
  if class.row or class.wide or class.caption or class.spanner then
    return nil
  elseif class.br then
    return pandoc.LineBreak()
  elseif class.sym then
    local shape, fill = el.classes[2], el.classes[3]
    return raw(('#verdict-sign(%s, %s);'):format(quoted(shape), quoted(fill)))
  end
  local out = el.content
  if class.strong then out = pandoc.Inlines({ pandoc.Strong(out) }) end
  if class.em then out = pandoc.Inlines({ pandoc.Emph(out) }) end
  for _, style in ipairs(styles) do
    if class[style] then out = call(style, out) end
  end
  if class.num then
    out = call(('num(%s)'):format(quoted(pandoc.utils.stringify(el.content))), out)
  end
  if class.mark then out = call('note-mark', out) end
  for _, style in ipairs(captions) do
    if class[style] then out = call(style, out) end
  end
  local lang = el.attributes.lang
  if lang then
    out:insert(1, raw(('#text(lang: %s)['):format(quoted(lang))))
    out:insert(raw('];'))
  end
  return out
end

local function image(el)
  local width = el.attributes.width or '100%'
  local alt = common.alt(el, 'figure')
  return raw(('#chart-image(%s, alt: %s, width: %s);'):format(quoted(el.src), quoted(alt), width))
end

-- Formulas are read aloud from their source: PDF/UA asks for an alternative text.
local function math(el)
  local body = pandoc.write(pandoc.Pandoc({ pandoc.Plain({ el }) }), 'typst')
  local block = el.mathtype == 'DisplayMath' and 'true' or 'false'
  return raw(('#formula(alt: %s, block: %s, %s);'):format(
    quoted(el.text), block, '[' .. body:gsub('^%s+', ''):gsub('%s+$', '') .. '].body'))
end

local function length(width)
  return width:match('%a') and width or width .. 'mm'
end

-- A function that gives contents in brackets, one a call: they are written at once, for a call of
-- Pandoc's writer costs as much as many cells.
local function brackets(contents)
  local all, out = pandoc.Blocks({}), {}
  for _, blocks in ipairs(contents) do
    all:extend(blocks)
    all:insert(pandoc.RawBlock('typst', boundary))
  end
  for text in write(all):gmatch('([^' .. boundary .. ']*)' .. boundary) do
    table.insert(out, '[' .. trimmed(text) .. ']')
  end
  local given = 0
  return function()
    given = given + 1
    return out[given]
  end
end

-- The cells of a row as Typst writes them; one that takes several columns says so, and is
-- aligned as the last of them is, where its words lead up to a number.
local function row_cells(t, row, cell)
  local out, column = {}, 1
  for i, span in ipairs(row.spans) do
    local content = cell()
    if span > 1 then
      local align = row.classes:includes('group') and 'left' or t.align[column + span - 1]
      content = ('table.cell(colspan: %d, align: %s)%s'):format(span, align, content)
    end
    table.insert(out, content)
    column = column + span
  end
  return '  ' .. table.concat(out, ', ') .. ','
end

local function over(t)
  local out = {}
  for _, head in ipairs(t.over or {}) do
    local content = head.content and '[' .. inlines(head.content) .. ']' or 'none'
    table.insert(out, ('(%d, %s),'):format(head.span, content))
  end
  return table.concat(out, ' ')
end

local function briefing_table(div)
  local t = common.table(div)
  local contents = t.header:clone()
  for _, row in ipairs(t.rows) do contents:extend(row.cells) end
  local cell, header = brackets(contents), {}
  for _ in ipairs(t.header) do table.insert(header, cell()) end
  local tinted, groups, cells = {}, {}, {}
  for i, row in ipairs(t.rows) do
    if row.classes:includes('missed') then table.insert(tinted, i .. ',') end
    if row.classes:includes('group') then table.insert(groups, i .. ',') end
    table.insert(cells, row_cells(t, row, cell))
  end
  local lines = {
    '#briefing-table(',
    '  kind: ' .. quoted(t.kind) .. ',',
    '  caption: ' .. (t.caption and '[' .. inlines(t.caption) .. ']' or 'none') .. ',',
    '  columns: (' .. table.concat(t.widths:map(length), ', ') .. ',),',
    '  align: (' .. table.concat(t.align, ', ') .. ',),',
    '  tinted: (' .. table.concat(tinted, ' ') .. '),',
    '  groups: (' .. table.concat(groups, ' ') .. '),',
    '  over: (' .. over(t) .. '),',
    '  header: (' .. table.concat(header, ', ') .. ',),',
    table.concat(cells, '\n'),
    ')' .. (t.id ~= '' and ' <' .. t.id .. '>' or ''),
  }
  local out = pandoc.Blocks({ pandoc.RawBlock('typst', table.concat(lines, '\n')) })
  out:extend(t.notes)
  return out
end

local function named(name, div, fields)
  local children, lines = common.children(div), {}
  for _, field in ipairs(fields) do
    if children[field] then
      table.insert(lines, ('  %s: [%s],'):format(field, write(children[field])))
    end
  end
  return pandoc.RawBlock('typst', ('#%s(\n%s\n)'):format(name, table.concat(lines, '\n')))
end

local function items(name, div)
  local list = {}
  for _, block in ipairs(div.content) do
    table.insert(list, '  [' .. write({ block }) .. '],')
  end
  return pandoc.RawBlock('typst', ('#%s(\n%s\n)'):format(name, table.concat(list, '\n')))
end

local function wrapped(opening, div, closing)
  local out = pandoc.Blocks({ pandoc.RawBlock('typst', opening) })
  out:extend(div.content)
  out:insert(pandoc.RawBlock('typst', closing or ']'))
  return out
end

local layouts = {
  masthead = function(el)
    return named('masthead', el, { 'place', 'title', 'period', 'draftbox' })
  end,
  hero = function(el) return named('hero', el, { 'count', 'count-label', 'message' }) end,
  strip = function(el) return items('strip', el) end,
  cards = function(el) return items('cards', el) end,
  card = function(el) return named('card', el, { 'card-title', 'card-figure', 'card-text' }) end,
  summary = function(el) return wrapped('#summary[', el) end,
  foot = function(el) return wrapped('#foot[', el) end,
  findings = function(el) return wrapped('#findings[', el) end,
  notes = function(el) return wrapped('#notes[', el) end,
  small = function(el) return wrapped('#small[', el) end,
  lead = function(el) return wrapped('#lead[', el) end,
  contents = function() return pandoc.RawBlock('typst', '#contents()') end,
  fill = function() return pandoc.RawBlock('typst', '#fill()') end,
  pagebreak = function() return pandoc.RawBlock('typst', '#next-page()') end,
  table = briefing_table,
  figure = function(el)
    local label = el.identifier ~= '' and '] <' .. el.identifier .. '>' or ']'
    return wrapped('#chart[', el, label)
  end,
  edition = function(el)
    local opening = ('#edition(lang: %s)['):format(quoted(el.attributes.lang))
    return wrapped(opening, el)
  end,
}

-- Strings for the head of the template; the whole body is written here, so that it does not
-- depend on the options either engine gives its writer.
local function document(doc)
  for _, key in ipairs({ 'title', 'author', 'place', 'lang', 'density' }) do
    local text = doc.meta[key] and pandoc.utils.stringify(doc.meta[key])
    doc.meta['typst-' .. key] = text and raw(quoted(text))
  end
  doc.blocks = { pandoc.RawBlock('typst', write(doc.blocks)) }
  return doc
end

return {
  { Div = common.by_class({ figure = common.check_figure }) },
  common.outline(),
  { Str = literal, Span = span, Image = image, Math = math, Div = common.by_class(layouts) },
  { Pandoc = document },
}
