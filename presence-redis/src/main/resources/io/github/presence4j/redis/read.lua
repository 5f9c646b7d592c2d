-- Included by the reads, after the limits. Time and cutoff of a look at the cell; changes nothing.
-- KEYS     live meta, and as the script needs them: sessions times names left; or meta alone, in a slot that is being moved
-- ARGV[1]  window in ms, or -1 for the recorded TTL
local live, meta, sessions, times, names, left = unpack(KEYS)
if not meta then
  meta = KEYS[1]
  local prefix = string.sub(meta, 1, -5)
  live, sessions, times = prefix .. 'live', prefix .. 'sessions', prefix .. 'times'
  names, left = prefix .. 'names', prefix .. 'left'
end
local time = redis.call('TIME')
local state = redis.call('HMGET', meta, 'ttl', 'floor', 'shift', 'clock', 'rich', 'tombstones_due', 'stale', 'several', 'layout')
local now = time[1] * 1000 + math.floor(time[2] / 1000) + (state[3] or 0)
local clock = tonumber(state[4] or 0)
local rich = state[5]
-- The server's clock was set back and no write has noticed yet: time stands still until one does, and is not turned back.
local stale = 0
if now < clock then
  stale = clock - now > 1000 and 1 or 0
  now = clock
end
-- If a mandatory key of the cell is missing, a write must drop the others.
if state[4] and state[9] ~= LAYOUT then return redis.error_reply(wrong_layout(state[9])) end
if state[4] then
  local there = redis.pcall('EXISTS', live, names or live, rich and sessions or live, state[8] and times or live)
  if type(there) == 'table' then
    return string.find(there.err, 'non local key', 1, true)
      and redis.error_reply('TRYAGAIN The keys of this topic are being moved to another node') or there
  end
  if there ~= 4 then stale = 1 end
end
local span = tonumber(state[1] or 0)
if ARGV[1] ~= '-1' then span = math.min(span, ARGV[1]) end
local cutoff = math.max(now - span, state[2] or 0)
-- A cell from before a reset has no live members, even if the metadata was lost and names it again. For some seconds it still answers
-- as before, so that a read which began before the reset gets the same from all cells.
if state[7] and now - state[7] > ANSWERS_AFTER_RESET_MILLIS then cutoff = 9e15 end

-- Returns the live sessions of a member, flattened: name, lastSeen and data (or false) of each; and their size in bytes. `field` is
-- what `sessions` has of the member, as sessions.lua describes it.
local function live_sessions(member, field, seen)
  if string.byte(field) ~= 42 then
    local length, from = string.match(field, '^(%d+):()')
    local data = string.sub(field, from + length + 1)
    return {string.sub(field, from, from + length - 1), seen, #field > from + length - 1 and data}, #field
  end
  local found, keys, flat, size = {}, {}, {}, 0
  local at = string.find(field, ';', 1, true) + 1
  while at <= #field do
    local length, from = string.match(field, '^(%d+):()', at)
    at = from + length
    found[#found + 1] = string.sub(field, from, at - 1)
    keys[#keys + 1] = member .. '\255' .. length .. ':' .. found[#found]
  end
  for from = 1, #keys, 1000 do
    local to = math.min(#keys, from + 999)
    local scores = redis.call('ZMSCORE', times, unpack(keys, from, to))
    local data = redis.call('HMGET', sessions, unpack(keys, from, to))
    for i, score in ipairs(scores) do
      if score and tonumber(score) >= cutoff then
        local name, says = found[from + i - 1], data[i] and string.sub(data[i], 2)
        flat[#flat + 1] = name
        flat[#flat + 1] = score
        flat[#flat + 1] = says
        size = size + #name + (says and #says or 0)
      end
    end
  end
  return flat, size
end
