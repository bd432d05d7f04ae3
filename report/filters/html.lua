-- Writes the composed source as semantic HTML: numbers are links, tables carry their labels.
local here = (PANDOC_SCRIPT_FILE or ''):match('^(.*[/\\])') or ''
package.path = here .. '?.lua;' .. package.path
local common = require('common')

local function escape(text)
  return (text:gsub('[&<>"]', { ['&'] = '&amp;', ['<'] = '&lt;', ['>'] = '&gt;', ['"'] = '&quot;' }))
end

local options = pandoc.WriterOptions({ wrap_text = 'none', html_math_method = 'mathml' })

local function write(blocks)
  local text = pandoc.write(pandoc.Pandoc(blocks), 'html5', options)
  return (text:gsub('^%s+', ''):gsub('%s+$', ''))
end

local function raw(text)
  return pandoc.RawInline('html', text)
end

local function block(text)
  return pandoc.RawBlock('html', text)
end

local function around(opening, content, closing)
  local out = content:clone()
  out:insert(1, raw(opening))
  out:insert(raw(closing))
  return out
end

local function number(el)
  local attributes, data = el.attributes, {}
  local id = attributes['data-id'] or common.fail('a number has no data-id')
  for key, value in pairs(attributes) do
    local name = key:match('^data%-') and key or 'data-' .. key
    table.insert(data, (' %s="%s"'):format(name, escape(value)))
  end
  table.sort(data)
  return around(('<a class="num"%s href="#p-%s">'):format(table.concat(data), common.slug(id)),
    el.content, '</a>')
end

local function sign(el)
  return raw(('<svg class="sym %s %s" viewBox="0 0 12 12" aria-hidden="true"><use href="#s-%s"/></svg>')
    :format(el.classes[2], el.classes[3], el.classes[2]))
end

local tags = { strong = 'strong', em = 'em' }

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
    return around('<sup class="mark">', el.content, '</sup>')
  end
  local out, lang = el.content, el.attributes.lang
  if class.num then out = number(el) end
  local classes = el.classes:filter(function(c) return c ~= 'num' and not tags[c] end)
  if #classes > 0 or lang then
    lang = lang and (' lang="%s"'):format(escape(lang)) or ''
    out = around(('<span class="%s"%s>'):format(table.concat(classes, ' '), lang), out, '</span>')
  end
  for name, tag in pairs(tags) do
    if class[name] then out = around('<' .. tag .. '>', out, '</' .. tag .. '>') end
  end
  return out
end

local function image(el)
  return raw(('<img class="chart" src="%s" alt="%s">'):format(
    escape(el.src), escape(common.alt(el, 'figure'))))
end

-- The row's name is the first left-aligned column; screen readers announce it with every cell.
local function name_column(t)
  for i, align in ipairs(t.align) do
    if align == 'left' then return i end
  end
  return 1
end

-- A head as one line, for the cards of narrow screens; a word divided by hand is whole again.
local function label(blocks)
  local text = pandoc.Blocks(blocks):walk({
    LineBreak = function() return pandoc.Space() end,
    RawInline = function() return {} end,
  })
  return escape((pandoc.utils.stringify(text):gsub('(%a)%-%s(%a)', '%1%2')))
end

local function plain(blocks)
  return pandoc.Blocks(blocks):map(function(b)
    return b.t == 'Para' and pandoc.Plain(b.content) or b
  end)
end

local function over(t, out)
  if not t.over then return end
  out:insert(block('<tr role="row" class="over">'))
  for _, head in ipairs(t.over) do
    if head.content then
      out:insert(block(('<th colspan="%d" class="center" scope="colgroup" role="columnheader">'):format(head.span)))
      out:insert(pandoc.Plain(head.content))
      out:insert(block('</th>'))
    else
      out:insert(block(('<td colspan="%d" role="cell"></td>'):format(head.span)))
    end
  end
  out:insert(block('</tr>'))
end

-- What stands above the head of a column, for the label of its cells where they stand alone.
local function above(t, column)
  local first = 1
  for _, head in ipairs(t.over or {}) do
    if column < first + head.span then
      return head.content and label({ pandoc.Plain(head.content) }) or ''
    end
    first = first + head.span
  end
  return ''
end

local function head(t, labels, out)
  out:insert(block('<thead>'))
  over(t, out)
  out:insert(block('<tr role="row">'))
  for i, cell in ipairs(t.header) do
    labels[i] = label(cell)
    local group = above(t, i)
    local tag = labels[i] == '' and 'td' or 'th'
    local role = tag == 'th' and 'scope="col" role="columnheader"' or 'role="cell"'
    out:insert(block(('<%s class="%s" %s>'):format(tag, t.align[i], role)))
    out:extend(plain(cell))
    out:insert(block('</' .. tag .. '>'))
    if group ~= '' then labels[i] = group .. ': ' .. labels[i] end
  end
  out:insert(block('</tr></thead>'))
end

-- A row in which nothing but its name stands names the group of the rows below it.
local function names_group(row, name)
  if row.classes:includes('group') then return false end
  for i, cell in ipairs(row.cells) do
    if i ~= name and pandoc.utils.stringify(pandoc.Blocks(cell)) ~= '' then return false end
  end
  return #row.cells > 1
end

local function line(t, row, labels, out)
  local name = name_column(t)
  if names_group(row, name) then row.classes:insert('group') end
  out:insert(block(('<tr role="row" class="%s">'):format(table.concat(row.classes, ' '))))
  local column = 1
  for i, cell in ipairs(row.cells) do
    local span, named = row.spans[i], column <= name and name < column + row.spans[i]
    local last = column + span - 1
    local blank = pandoc.utils.stringify(pandoc.Blocks(cell)) == ''
    local tag = named and not blank and 'th' or 'td'
    local role = tag == 'th' and 'scope="row" role="rowheader"' or 'role="cell"'
    local wide = span > 1 and (' colspan="%d"'):format(span) or ''
    local align = span > 1 and row.classes:includes('group') and 'left' or t.align[last]
    local kind = blank and tag == 'td' and ' blank' or ''
    out:insert(block(('<%s class="%s c%d%s"%s %s data-label="%s"><div class="cell">'):format(
      tag, align, column, kind, wide, role, span > 1 and '' or labels[column])))
    out:extend(plain(cell))
    out:insert(block('</div></' .. tag .. '>'))
    column = column + span
  end
  out:insert(block('</tr>'))
end

local function briefing_table(div)
  local t, labels = common.table(div), {}
  local out = pandoc.Blocks({ block(('<div class="table %s" id="%s"><table role="table">'):format(
    t.kind, t.id)) })
  if t.caption then
    out:extend({ block('<caption>'), pandoc.Plain(t.caption), block('</caption>') })
  end
  head(t, labels, out)
  out:insert(block('<tbody role="rowgroup">'))
  for _, row in ipairs(t.rows) do
    line(t, row, labels, out)
  end
  out:insert(block('</tbody></table></div>'))
  out:extend(t.notes)
  return out
end

local function wrapped(opening, content, closing)
  local out = pandoc.Blocks({ block(opening) })
  out:extend(content)
  out:insert(block(closing))
  return out
end

local function part(children, name, tag)
  if not children[name] then return {} end
  return wrapped(('<%s class="%s">'):format(tag, name), plain(children[name]), '</' .. tag .. '>')
end

local function gather(opening, closing, div, parts)
  local children, out = common.children(div), pandoc.Blocks({ block(opening) })
  for _, p in ipairs(parts) do
    out:extend(part(children, p[1], p[2]))
  end
  out:insert(block(closing))
  return out
end

-- Title and subtitle become the caption, so that a screen reader names the figure by them.
local function figure(div)
  local caption, rest = pandoc.List({}), pandoc.Blocks({})
  for _, b in ipairs(div.content) do
    local content = b.content
    local first = content and content[1]
    local class = first and first.t == 'Span' and first.classes[1]
    if class == 'figtitle' or class == 'figsub' then
      caption:insert(('<p class="%s">%s</p>'):format(class, write({ pandoc.Plain(first.content) })))
    elseif class == 'fignote' then
      rest:insert(block('<p class="fignote">' .. write({ pandoc.Plain(first.content) }) .. '</p>'))
    else
      rest:insert(b.t == 'Para' and pandoc.Plain(b.content) or b)
    end
  end
  rest:insert(1, block('<figcaption>' .. table.concat(caption) .. '</figcaption>'))
  return wrapped(('<figure id="%s">'):format(div.identifier), rest, '</figure>')
end

local layouts = {
  masthead = function(el)
    return gather('<header class="masthead">', '</header>', el, {
      { 'place', 'p' }, { 'title', 'h1' }, { 'period', 'p' }, { 'draftbox', 'p' } })
  end,
  hero = function(el)
    return gather('<div class="hero">', '</div>', el, {
      { 'count', 'p' }, { 'count-label', 'p' }, { 'message', 'p' } })
  end,
  card = function(el)
    return gather('<div class="card">', '</div>', el, {
      { 'card-title', 'p' }, { 'card-figure', 'p' }, { 'card-text', 'p' } })
  end,
  pagebreak = function() return {} end,
  fill = function() return {} end,
  contents = function() return {} end,
  table = briefing_table,
  figure = figure,
}

for _, class in ipairs({ 'strip', 'cards', 'summary', 'findings', 'notes', 'foot', 'small', 'lead' }) do
  layouts[class] = function(el)
    return wrapped('<div class="' .. class .. '">', el.content, '</div>')
  end
end

-- The whole body is written here, so that it does not depend on an engine's writer options;
-- the two comments say where it begins and ends, whatever an engine puts around it.
local function document(doc)
  doc.blocks = { block('<!--briefing-->\n' .. write(doc.blocks) .. '\n<!--/briefing-->') }
  return doc
end

return {
  { Div = common.by_class({ figure = common.check_figure }) },
  common.outline(),
  { Span = span, Image = image },
  { Div = common.by_class(layouts) },
  { Pandoc = document },
}
