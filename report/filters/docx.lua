-- Writes the composed source for Word: real styles by name, tables with heads, charts as pictures.
local here = (PANDOC_SCRIPT_FILE or ''):match('^(.*[/\\])') or ''
package.path = here .. '?.lua;' .. package.path
local common = require('common')

local function styled(blocks, style)
  return pandoc.Div(blocks, pandoc.Attr('', {}, { ['custom-style'] = style }))
end

local function marked(inlines, style)
  return pandoc.Span(inlines, pandoc.Attr('', {}, { ['custom-style'] = style }))
end

local signs = {
  up = { filled = '▲', hollow = '△' },
  down = { filled = '▼', hollow = '▽' },
  circle = { filled = '●', hollow = '○' },
}

local function sign(el)
  local shape = signs[el.classes[2]] or common.fail('no sign ' .. tostring(el.classes[2]))
  return marked({ pandoc.Str(shape[el.classes[3]] or shape.filled) }, 'Sign')
end

local styles = { muted = 'Muted', wine = 'Wine', navy = 'Navy', printed = 'Printed',
  ['card-number'] = 'Card Number' }
local placed = { 'row', 'wide', 'spanner', 'caption', 'figtitle', 'figsub', 'fignote' }

local function span(el)
  local class = common.classes(el)
  for _, name in ipairs(placed) do
    if class[name] then return nil end
  end
  if class.br then
    return pandoc.LineBreak()
  elseif class.sym then
    return sign(el)
  elseif class.mark then
    return pandoc.Superscript(el.content)
  end
  local out, lang = el.content, el.attributes.lang
  if class.strong then out = pandoc.Inlines({ pandoc.Strong(out) }) end
  if class.em then out = pandoc.Inlines({ pandoc.Emph(out) }) end
  for name, style in pairs(styles) do
    if class[name] then out = pandoc.Inlines({ marked(out, style) }) end
  end
  if lang then
    return pandoc.Span(out, pandoc.Attr('', {}, { lang = lang }))
  end
  return out
end

local function image(el)
  common.alt(el, 'figure')
  el.src = el.src:gsub('%.svg$', '.png')
  el.classes = {}
  el.attributes = { width = el.attributes.width }
  return el
end

-- Where the documents are listed: each figure and table leads there, by the title of that part.
local documents
local function to_documents(out)
  if documents then
    local link = pandoc.Link(documents, '#sec-sources')
    out:insert(styled({ pandoc.Para({ pandoc.Str('→ '), link }) }, 'Figure Note'))
  end
  return out
end

local alignments = { left = 'AlignLeft', center = 'AlignCenter', right = 'AlignRight' }
local measure = 165

-- Widths as shares of the line: millimetres first, what is left goes to the columns of 1fr.
local function shares(widths)
  local fixed, open = 0, 0
  for _, width in ipairs(widths) do
    local mm = tonumber((width:gsub('mm$', '')))
    if mm then fixed = fixed + mm else open = open + tonumber((width:gsub('fr$', ''))) end
  end
  return widths:map(function(width)
    local mm = tonumber((width:gsub('mm$', '')))
    return (mm or (measure - fixed) * tonumber((width:gsub('fr$', ''))) / open) / measure
  end)
end

local function cell(blocks, style, span)
  return pandoc.Cell({ styled(pandoc.Blocks(blocks):map(function(b)
    return b.t == 'Plain' and pandoc.Para(b.content) or b
  end), style) }, pandoc.AlignDefault, 1, span or 1)
end

-- A row's class travels as a bookmark in its first cell; what finishes the file takes it out.
local marks = 0
local function remembered(row, cells)
  for _, class in ipairs(row.classes) do
    marks = marks + 1
    local name = ('row-%s-%d'):format(class, marks)
    local mark = ('<w:bookmarkStart w:id="%d" w:name="%s"/><w:bookmarkEnd w:id="%d"/>'):format(
      90000 + marks, name, 90000 + marks)
    local first = cells[1].contents[1].content[1]
    if first then first.content:insert(1, pandoc.RawInline('openxml', mark)) end
  end
  return pandoc.Row(cells)
end

local function briefing_table(div)
  local t = common.table(div)
  local widths, columns, rows = shares(t.widths), {}, pandoc.List({})
  local kind = t.kind == 'headline' and 'Headline' or 'Table'
  local text, top = kind .. ' Text', kind .. ' Head'
  for i, width in ipairs(widths) do
    columns[i] = { alignments[t.align[i]], width }
  end
  local head = pandoc.List({})
  for _, blocks in ipairs(t.header) do head:insert(cell(blocks, top)) end
  local heads = { pandoc.Row(head) }
  if t.over then
    local above = pandoc.List({})
    for _, group in ipairs(t.over) do
      local words = group.content and { pandoc.Plain(group.content) } or {}
      above:insert(cell(words, top, group.span))
    end
    table.insert(heads, 1, pandoc.Row(above))
  end
  for _, row in ipairs(t.rows) do
    local cells = pandoc.List({})
    for i, blocks in ipairs(row.cells) do cells:insert(cell(blocks, text, row.spans[i])) end
    rows:insert(remembered(row, cells))
  end
  local body = { attr = pandoc.Attr(), body = rows, head = {}, row_head_columns = 0 }
  local out = pandoc.Blocks({})
  if t.caption then out:insert(styled({ pandoc.Para(t.caption) }, 'Caption')) end
  out:insert(pandoc.Table({ long = {} }, columns,
    pandoc.TableHead(heads), { body }, pandoc.TableFoot({})))
  if #t.notes > 0 then out:insert(styled(t.notes, 'Figure Note')) end
  return t.caption and to_documents(out) or out
end

local function figure(div)
  local out, names = pandoc.Blocks({}), { figtitle = 'Caption', figsub = 'Figure Subtitle',
    fignote = 'Figure Note' }
  for _, b in ipairs(div.content) do
    local first = b.content and b.content[1]
    local class = first and first.t == 'Span' and first.classes[1]
    if names[class] then
      out:insert(styled({ pandoc.Para(first.content) }, names[class]))
    else
      out:insert(styled({ b.t == 'Plain' and pandoc.Para(b.content) or b }, 'Figure'))
    end
  end
  return to_documents(out)
end

local function gather(div, parts)
  local children, out = common.children(div), pandoc.Blocks({})
  for _, part in ipairs(parts) do
    local content = children[part[1]]
    if content then out:insert(styled(content, part[2])) end
  end
  return out
end

-- Paragraphs as one, with `gap` between them: page 1 has no height to give away.
local function joined(blocks, gap)
  local out = pandoc.Inlines({})
  for _, block in ipairs(blocks) do
    if #out > 0 then out:insert(gap) end
    out:extend(block.content:map(function(el) return el.t == 'LineBreak' and pandoc.Space() or el end))
  end
  return pandoc.Blocks({ pandoc.Para(out) })
end

-- The count and what it counts, on one line.
local function hero(div)
  local count = joined(common.children(div).count, pandoc.Space())
  local label = common.children(div)['count-label']
  if label then
    local said = joined(label, pandoc.Space())[1].content
    count[1].content:extend({ pandoc.Space(), marked(said, 'Count Label') })
  end
  local out = pandoc.Blocks({ styled(count, 'Count') })
  out:extend(gather(div, { { 'message', 'Message' } }))
  return out
end

-- The cards as one row of a table, each with its title, its figure and its words.
local function cards(div)
  local columns, row = {}, pandoc.List({})
  for i, card in ipairs(div.content) do
    local children, parts = common.children(card), pandoc.Blocks({})
    for _, part in ipairs({ { 'card-title', 'Card Title' }, { 'card-figure', 'Card Figure' },
      { 'card-text', 'Card Text' } }) do
      if children[part[1]] then parts:insert(styled(joined(children[part[1]], pandoc.Space()), part[2])) end
    end
    columns[i] = { pandoc.AlignLeft, 1 / #div.content }
    row:insert(pandoc.Cell(parts))
  end
  local body = { attr = pandoc.Attr(), body = { pandoc.Row(row) }, head = {}, row_head_columns = 0 }
  return pandoc.Table({ long = {} }, columns, pandoc.TableHead({}), { body }, pandoc.TableFoot({}))
end

-- The points of page 1 in a size that leaves them on it.
local function findings(div)
  return div.content:walk({
    OrderedList = function(list)
      list.content = list.content:map(function(item)
        return { styled(item:map(function(b)
          return b.t == 'Plain' and pandoc.Para(b.content) or b
        end), 'Point') }
      end)
      return list
    end,
  })
end

local tab = pandoc.RawInline('openxml', '<w:r><w:tab/></w:r>')
local layouts = {
  masthead = function(el)
    local children = common.children(el)
    local place = joined(children.place or {}, pandoc.Space())
    if children.draftbox then
      local standing = joined(children.draftbox, pandoc.Space())[1].content
      place[1].content:extend({ tab, marked(standing, 'Standing') })
    end
    local out = pandoc.Blocks({ styled(place, 'Place') })
    out:extend(gather(el, { { 'title', 'Title' }, { 'period', 'Period' } }))
    return out
  end,
  hero = hero,
  summary = function(el) return styled(joined(el.content, pandoc.Space()), 'Message') end,
  cards = function(el) return cards(el) end,
  foot = function(el) return styled(el.content, 'Notes') end,
  strip = function(el) return styled(joined(el.content, pandoc.Str('\u{2003}')), 'Strip') end,
  key = function(el) return styled(el.content, 'Strip') end,
  notes = function(el) return styled(el.content, 'Notes') end,
  small = function(el) return styled(el.content, 'Notes') end,
  lead = function(el) return styled(el.content, 'Message') end,
  findings = findings,
  edition = function(el) return el.content end,
  fill = function() return {} end,
  pagebreak = function()
    return pandoc.RawBlock('openxml', '<w:p><w:r><w:br w:type="page"/></w:r></w:p>')
  end,
  contents = function()
    local mark = '<w:bookmarkStart w:id="89999" w:name="contents"/><w:bookmarkEnd w:id="89999"/>'
    return pandoc.RawBlock('openxml', '<w:p>' .. mark .. '</w:p>')
  end,
  table = briefing_table,
  figure = figure,
}

-- Heading 1 is a section's, the title has a style of its own; no level is skipped.
local function outline()
  local last = 0
  return {
    traverse = 'topdown',
    Header = function(header)
      header.level = math.min(header.level, last + 1)
      last = header.level
      return header
    end,
  }
end

-- The title stands in the masthead; the file's properties are set by what finishes it.
local function document(doc)
  doc.meta = { lang = doc.meta.lang }
  return doc
end

return {
  { Div = common.by_class({ figure = common.check_figure }) },
  { Header = function(h)
    if h.identifier ~= 'sec-sources' then return end
    documents = h.content:clone()
    if pandoc.utils.stringify(documents[1]):match('^%u%.%d+%.$') then
      documents:remove(1)
      documents:remove(1)
    end
  end },
  outline(),
  { Span = span, Image = image },
  { Div = common.by_class(layouts) },
  { Pandoc = document },
}
