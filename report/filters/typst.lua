-- Writes the composed source as calls of the functions in templates/layout.typ.
local here = (PANDOC_SCRIPT_FILE or ''):match('^(.*[/\\])') or ''
package.path = here .. '?.lua;' .. package.path
local common = require('common')

local function quoted(text)
  return '"' .. text:gsub('\\', '\\\\'):gsub('"', '\\"') .. '"'
end

local options = pandoc.WriterOptions({ wrap_text = 'none' })

-- The record separator, which no text holds: white space around it goes once all is written.
local boundary = '\30'

local function write(blocks)
  local text = pandoc.write(pandoc.Pandoc(blocks), 'typst-smart', options)
  return (text:gsub('%s*' .. boundary .. '%s*', ''):gsub('^%s+', ''):gsub('%s+$', ''))
end

-- A call of a template function, of raw code and of contents in brackets in turn. They are left
-- to be written with all else, for a call of Pandoc's writer costs as much as many cells.
local Call = {}
Call.__index = Call

function Call.new()
  return setmetatable({ blocks = pandoc.Blocks({}), text = '' }, Call)
end

function Call:code(text)
  self.text = self.text .. text
end

function Call:content(blocks)
  self.blocks:insert(pandoc.RawBlock('typst', self.text .. '[' .. boundary))
  self.blocks:extend(blocks)
  self.text = boundary .. ']'
end

function Call:inlines(content)
  self:content({ pandoc.Plain(content) })
end

function Call:finished()
  self.blocks:insert(pandoc.RawBlock('typst', self.text))
  return self.blocks
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

local styles = { 'muted', 'wine', 'navy', 'nowrap', 'printed' }
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
  if class.num then out = call('num', out) end
  if class['card-number'] then
    out = call(('card-number(%s)'):format(quoted(pandoc.utils.stringify(el.content))), out)
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

-- A row; a cell that takes several columns says so, and is aligned as the last of them is, where
-- its words lead up to a number.
local function row_cells(t, row, out)
  local column = 1
  for i, span in ipairs(row.spans) do
    out:code(i == 1 and '  ' or ', ')
    if span > 1 then
      local align = row.classes:includes('group') and 'left' or t.align[column + span - 1]
      out:code(('table.cell(colspan: %d, align: %s)'):format(span, align))
    end
    out:content(row.cells[i])
    column = column + span
  end
end

local function over(t, out)
  for i, head in ipairs(t.over or {}) do
    out:code(('%s(%d, '):format(i == 1 and '' or ' ', head.span))
    if head.content then out:inlines(head.content) else out:code('none') end
    out:code('),')
  end
end

-- The numbers of the rows of a class, as Typst writes a list.
local function numbered(t, class)
  local found = {}
  for i, row in ipairs(t.rows) do
    if row.classes:includes(class) then table.insert(found, i .. ',') end
  end
  return table.concat(found, ' ')
end

-- The words of each number among inlines, as `span` has left it, which may stand in others, and
-- whether it is bold.
local function numbers(content, tell, bold)
  local words
  for _, el in ipairs(content) do
    if el.t == 'RawInline' then
      if words then tell(words, bold) end
      words = el.text == '#num[' and '' or nil
    elseif words then
      words = words .. pandoc.utils.stringify(el)
    elseif el.content then
      numbers(el.content, tell, bold or el.t == 'Strong')
    end
  end
end

-- How many digits wide a word is, nearly.
local function width(word)
  local _, narrow = word:gsub('[.,]', '')
  local _, broad = word:gsub('%%', '')
  return utf8.len(word) - narrow / 2 + broad
end

-- The widest word of a number in each column, as Typst writes a list; "" where there is none.
local function widest(t)
  local found, written = t.align:map(function() return '' end), t.align:map(function() return '""' end)
  for _, row in ipairs(t.rows) do
    local column = 1
    for i, span in ipairs(row.spans) do
      local block = span == 1 and row.cells[i][1]
      numbers(block and block.content or {}, function(words, bold)
        for word in words:gmatch('[^ ]+') do
          if width(word) > width(found[column]) then
            found[column] = word
            written[column] = bold and 'strong(' .. quoted(word) .. ')' or quoted(word)
          end
        end
      end)
      column = column + span
    end
  end
  return table.concat(written, ', ')
end

local function briefing_table(div)
  local t, out = common.table(div), Call.new()
  out:code('#briefing-table(\n  kind: ' .. quoted(t.kind) .. ',\n  caption: ')
  if t.caption then out:inlines(t.caption) else out:code('none') end
  out:code(',\n  columns: (' .. table.concat(t.widths:map(length), ', ') .. ',),\n')
  out:code('  align: (' .. table.concat(t.align, ', ') .. ',),\n')
  out:code('  widest: (' .. widest(t) .. ',),\n')
  out:code('  tinted: (' .. numbered(t, 'missed') .. '),\n')
  out:code('  groups: (' .. numbered(t, 'group') .. '),\n  over: (')
  over(t, out)
  out:code('),\n  header: (')
  for i, cell in ipairs(t.header) do
    if i > 1 then out:code(', ') end
    out:content(cell)
  end
  out:code(',),\n')
  for _, row in ipairs(t.rows) do
    row_cells(t, row, out)
    out:code(',\n')
  end
  out:code(')' .. (t.id ~= '' and ' <' .. t.id .. '>' or ''))
  local blocks = out:finished()
  blocks:extend(t.notes)
  return blocks
end

local function named(name, div, fields)
  local children, out = common.children(div), Call.new()
  out:code('#' .. name .. '(\n')
  for _, field in ipairs(fields) do
    if children[field] then
      out:code('  ' .. field .. ': ')
      out:content(children[field])
      out:code(',\n')
    end
  end
  out:code(')')
  return out:finished()
end

local function items(name, contents)
  local out = Call.new()
  out:code('#' .. name .. '(\n')
  for _, blocks in ipairs(contents) do
    out:code('  ')
    out:content(blocks)
    out:code(',\n')
  end
  out:code(')')
  return out:finished()
end

local function card(div)
  return named('card', div, { 'card-title', 'card-figure', 'card-text' })
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
  strip = function(el)
    return items('strip', el.content:map(function(block) return { block } end))
  end,
  cards = function(el) return items('cards', el.content:map(card)) end,
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
