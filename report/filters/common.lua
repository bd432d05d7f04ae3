-- What both writers read from the composed source: classes, tables, figures.
local M = {}

function M.fail(message)
  error('briefing: ' .. message, 0)
end

-- The classes of an element as a set; each look at `element.classes` would copy them anew.
function M.classes(element)
  local set = {}
  for _, class in ipairs(element.classes) do
    set[class] = true
  end
  return set
end

function M.has(element, class)
  return element.classes ~= nil and element.classes:includes(class)
end

-- A filter for elements by the first of their classes that has a handler.
function M.by_class(handlers)
  return function(element)
    for _, class in ipairs(element.classes) do
      if handlers[class] then return handlers[class](element) end
    end
    return nil
  end
end

function M.slug(id)
  local text = id:lower():gsub('[^a-z0-9]+', '-'):gsub('^%-', ''):gsub('%-$', '')
  return text
end

-- The one image of a chart may not be silent: readers who cannot see it get the alt text.
function M.alt(image, where)
  local alt = pandoc.utils.stringify(image.caption)
  if alt:match('^%s*$') then
    M.fail(('%s: the image %s has no alt text'):format(where, image.src))
  end
  return alt
end

-- The title is the one heading of level 1, so sections start at 2; no level is ever skipped,
-- because readers who hear the page move by levels (and PDF/UA refuses a gap).
function M.outline()
  local last = 1
  return {
    traverse = 'topdown',
    Div = function(div)
      if M.has(div, 'masthead') then last = 1 end
    end,
    Header = function(header)
      header.level = math.min(header.level + 1, last + 1)
      last = header.level
      return header
    end,
  }
end

-- Children of a layout Div by their class, so that a template function can place each.
function M.children(div)
  local found = {}
  for _, block in ipairs(div.content) do
    if block.t == 'Div' then
      found[block.classes[1]] = block.content
    else
      M.fail(('only Divs may stand in .%s, found %s'):format(div.classes[1], block.t))
    end
  end
  return found
end

-- The span with `class` that opens a paragraph, and what follows it; nil if there is none.
function M.opening(block, class)
  local content = block.content
  local first = content and content[1]
  if not (first and first.t == 'Span' and M.has(first, class)) then
    return nil
  end
  local rest = pandoc.Inlines({})
  for i = 2, #content do
    rest:insert(content[i])
  end
  if rest[1] and rest[1].t == 'Space' then
    rest:remove(1)
  end
  return first, rest
end

-- Takes the `[]{.row .missed}` marker out of a row's first cell and returns its other classes.
local function row_classes(row)
  local block = row.cells[1].contents[1]
  local marker, rest = M.opening(block or {}, 'row')
  if not marker then
    return pandoc.List({})
  end
  block.content = rest
  return marker.classes:filter(function(class) return class ~= 'row' end)
end

-- The cells of a row, and how many columns each takes: a cell that opens with
-- `[]{.wide cols="3"}` covers the empty cells behind it, which are left out.
local function cells(row)
  local out, spans, covered = pandoc.List({}), pandoc.List({}), 0
  for _, cell in ipairs(row.cells) do
    if covered > 0 then
      covered = covered - 1
    else
      local block = cell.contents[1]
      local marker, rest = M.opening(block or {}, 'wide')
      local span = 1
      if marker then
        block.content = rest
        span = math.tointeger(tonumber(marker.attributes.cols)) or M.fail('a wide cell has no cols')
      end
      out:insert(block and cell.contents or {})
      spans:insert(span)
      covered = span - 1
    end
  end
  return out, spans
end

local function split(text)
  local out = pandoc.List({})
  for item in (text or ''):gmatch('[^,%s]+') do
    out:insert(item)
  end
  return out
end

local alignments = { l = 'left', c = 'center', r = 'right' }

local function columns(div, count)
  local widths, aligns = split(div.attributes.widths), pandoc.List({})
  local letters = div.attributes.align or ('l'):rep(count)
  for i = 1, #letters do
    aligns:insert(alignments[letters:sub(i, i)] or M.fail('align of ' .. div.identifier))
  end
  if #widths == 0 then
    for i = 1, count do widths:insert('1fr') end
  end
  if #widths ~= count or #aligns ~= count then
    M.fail(('%s has %d columns, but %d widths and %d alignments'):format(
      div.identifier, count, #widths, #aligns))
  end
  return widths, aligns
end

-- The heads above the heads, `[words]{.spanner from="4" to="6"}`, as one row that fills all
-- columns: a list of first column, number of columns and content; nil where there is none.
local function over(spanners, count)
  if #spanners == 0 then return nil end
  local out, column = pandoc.List({}), 1
  for _, spanner in ipairs(spanners) do
    local from, to = tonumber(spanner.attributes.from), tonumber(spanner.attributes.to)
    if not (from and to) or from < column or to < from or to > count then
      M.fail('a spanner needs from and to, in order, within the columns')
    end
    if from > column then out:insert({ span = from - column, content = nil }) end
    out:insert({ span = to - from + 1, content = spanner.content })
    column = to + 1
  end
  if column <= count then out:insert({ span = count - column + 1, content = nil }) end
  return out
end

-- A `.table` Div as plain data: id, kind, caption, notes, over, header, rows, widths, align.
function M.table(div)
  local out = { id = div.identifier, kind = div.attributes.kind or 'data', rows = {}, notes = {} }
  local spanners = pandoc.List({})
  local grid
  for _, block in ipairs(div.content) do
    if block.t == 'Table' then
      if grid then M.fail(div.identifier .. ' holds two tables') end
      grid = block
    elseif M.opening(block, 'caption') then
      out.caption = M.opening(block, 'caption').content
    elseif M.opening(block, 'spanner') then
      spanners:insert((M.opening(block, 'spanner')))
    else
      table.insert(out.notes, block)
    end
  end
  if not grid then M.fail(div.identifier .. ' holds no table') end
  out.header = cells(grid.head.rows[1])
  for _, row in ipairs(grid.bodies[1].body) do
    local classes = row_classes(row)
    local content, spans = cells(row)
    table.insert(out.rows, { classes = classes, cells = content, spans = spans })
  end
  out.widths, out.align = columns(div, #grid.colspecs)
  out.over = over(spanners, #grid.colspecs)
  return out
end

-- Names the figure in the error when one of its images has no alt text, or it has no image.
function M.check_figure(div)
  local images = 0
  div:walk({
    Image = function(image)
      images = images + 1
      M.alt(image, div.identifier)
    end,
  })
  if images == 0 then M.fail(div.identifier .. ' holds no image') end
end

return M
