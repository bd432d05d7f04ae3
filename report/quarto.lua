-- What runs before and after `quarto render` by hand: it finds the Python of this project and
-- lets it compose the source, or finish the files that Quarto made. Quarto runs Lua itself, so
-- nothing else need be there to say what is lacking.
if PANDOC_VERSION < '3.6' then  -- that of Quarto 1.7; older ones write another Typst
  io.stderr:write('halfyear: Quarto cũ quá, cần bản 1.7 trở lên; hoặc dùng: halfyear report '
    .. '--engine embedded\nhalfyear: this Quarto is too old, 1.7 or later is needed; or without '
    .. 'it: halfyear report --engine embedded\n')
  os.exit(1)
end

local windows = pandoc.system.os == 'mingw32'

-- Pythons of this project, the nearest first: the one Quarto is told to take, an environment that
-- is active, the one make or halfyear.setup builds, conda's, whatever the system has.
local function candidates()
  local found = {}
  local function environment(folder)
    if folder and folder ~= '' then
      local inside = windows and { 'Scripts/python.exe', 'python.exe' } or { 'bin/python' }
      for _, name in ipairs(inside) do table.insert(found, folder .. '/' .. name) end
    end
  end
  table.insert(found, os.getenv('QUARTO_PYTHON'))
  environment(os.getenv('VIRTUAL_ENV'))
  environment('.venv')
  environment(os.getenv('CONDA_PREFIX'))
  table.insert(found, windows and 'python' or 'python3')
  return found
end

local holds = 'from importlib.util import find_spec as f; import sys; sys.exit(not f("halfyear"))'

local function python()
  for _, candidate in ipairs(candidates()) do
    if pcall(pandoc.pipe, candidate, { '-c', holds }, '') then return candidate end
  end
  io.stderr:write([[
halfyear: không tìm thấy Python có gói halfyear (đã xem QUARTO_PYTHON, .venv, môi trường conda
  đang bật, PATH). Cách sửa: make setup, hoặc: conda env create --file environment.yml;
  conda activate halfyear; pip install --no-deps --no-build-isolation --editable .
halfyear: no Python here has the package halfyear (looked in QUARTO_PYTHON, .venv, the active
  conda environment, PATH). Mend: make setup, or: conda env create --file environment.yml;
  conda activate halfyear; pip install --no-deps --no-build-isolation --editable .
]])
  os.exit(1)
end

local made = os.getenv('QUARTO_PROJECT_OUTPUT_FILES')
local step = { '-m', 'halfyear', 'compose', '--out', 'build/quarto', os.getenv('PERIOD') }
if made then
  step = { '-m', 'halfyear', 'finish' }
  for name in made:gmatch('[^\r\n]+') do table.insert(step, name) end
end
local ran, result = pcall(pandoc.pipe, python(), step, '')
if not ran then os.exit(1) end  -- the command has said why
io.stderr:write(result)
