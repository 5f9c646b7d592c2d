-- Included by touch.lua: the fast path. It applies all touches of a member, or none of them, and only if the cell needs no other
-- work. Returns if that was all; else `rest` has the positions of the other touches. A touch that is applied twice does no harm.
local count = (#ARGV - 3) / width
local asked = {}

-- Renews elements of a sorted set that are in it, and returns those that are not; `args` has the elements with their scores. One
-- that was renewed in the same millisecond, or is named twice, does not count as changed, so if too few did, all are asked for.
local function renew_elements(key, elements, args)
  local missing = {}
  if #elements > 0 and redis.call('ZADD', key, 'XX', 'GT', 'CH', unpack(args)) < #elements then
    for i, found in ipairs(redis.call('ZMSCORE', key, unpack(elements))) do
      if not found then missing[elements[i]] = true end
    end
  end
  return missing
end

-- Returns the elements without those that are unwanted or repeated, and each with its score.
local function once(elements, score, is_wanted)
  local noted, kept, args = {}, {}, {}
  for _, element in ipairs(elements) do
    if not noted[element] and is_wanted(element) then
      noted[element] = true
      kept[#kept + 1] = element
      args[#args + 1] = score
      args[#args + 1] = element
    end
  end
  return kept, args
end

-- Whether a touch says of a member's only session what is stored. Without data it keeps the data that are stored (S4).
local function is_known(field, packed)
  if not field then return packed == '' end
  if packed == '' then packed = '0:' end
  return field == packed or string.sub(field, 1, #packed + 1) == packed .. '='
end

-- Finds the touched sessions of members that have several, and marks members as unknown whose touches say anything new.
local function find_sessions(fields, unknown)
  local keys, owners, fields_asked, expected = {}, {}, {}, {}
  for i, field in ipairs(fields) do
    local member, packed = asked[i], plain and '' or ARGV[3 + 2 * i]
    if field and string.byte(field) == 42 then
      if packed == '' then packed = '0:' end
      local colon = string.find(packed, ':', 1, true)
      local stop = colon + string.sub(packed, 1, colon - 1)
      local key = member .. '\255' .. (stop == #packed and packed or string.sub(packed, 1, stop))
      keys[#keys + 1] = key
      owners[key] = member
      if stop < #packed then
        fields_asked[#fields_asked + 1] = key
        expected[#expected + 1] = string.sub(packed, stop + 1)
      end
    elseif not is_known(field, packed) then
      unknown[member] = true
    end
  end
  if #fields_asked > 0 then
    for i, data in ipairs(redis.call('HMGET', KEYS[4], unpack(fields_asked))) do
      if data ~= expected[i] then unknown[owners[fields_asked[i]]] = true end
    end
  end
  return keys, owners
end

-- Renews what is known, sessions before their members: a member must not be renewed by a session that is gone. Returns the members
-- of which something is unknown.
local function renew_known(fields, score)
  local unknown = {}
  local keys, owners = find_sessions(fields, unknown)
  local live_keys, args = once(keys, score, function(key) return not unknown[owners[key]] end)
  for key in pairs(renew_elements(KEYS[7], live_keys, args)) do unknown[owners[key]] = true end
  local members
  members, args = once(asked, score, function(member) return not unknown[member] end)
  for member in pairs(renew_elements(KEYS[1], members, args)) do unknown[member] = true end
  return unknown
end

-- Does the same if all touches say of a member's only session what is stored, which is nearly every call. Returns nothing if not.
local function renew_singles(fields, score)
  local args = {}
  for i = 1, count do
    if fields and not is_known(fields[i], plain and '' or ARGV[3 + 2 * i]) then return nil end
    args[2 * i - 1] = score
    args[2 * i] = asked[i]
  end
  return renew_elements(KEYS[1], asked, args)
end

-- Whether no key of a cell with sessions is missing. If one was evicted, the long way drops the whole cell; a touch that was renewed
-- here before that would be lost.
local function is_whole(state)
  return not state[7] or redis.call('EXISTS', KEYS[1], KEYS[3], KEYS[4], state[10] and KEYS[7] or KEYS[4]) == 4
end

-- Extends the expiry of all keys. Returns false if one is missing or has to be removed.
local function keep(state, now)
  local life = string.format('%.0f', ARGV[1] + KEPT_AFTER_TTL_MILLIS)
  local keys = {true, true, true, state[7] or state[9], state[8] or state[9], state[6], state[10] or state[9]}
  local kept = not state[6] or now < tonumber(state[6])
  for i = 1, 7 do
    if keys[i] then kept = redis.call('PEXPIRE', KEYS[i], life) == 1 and kept end
  end
  return kept
end

if #KEYS > 1 and count > 0 then
  local time = redis.call('TIME')
  local state = redis.call('HMGET', KEYS[2],
    'ttl', 'shift', 'clock', 'tended', 'due', 'watched', 'rich', 'tombstones_due', 'whole', 'several')
  local now = time[1] * 1000 + math.floor(time[2] / 1000) + (state[2] or 0)
  -- With the recorded TTL, a clock that was not set back, and nothing expired, every session that is stored is live.
  if state[1] == ARGV[1] and now >= tonumber(state[3]) and now < tonumber(state[5])
    and (not state[8] or now < tonumber(state[8])) and is_whole(state) then
    for i = 1, count do asked[i] = ARGV[4 + (i - 1) * width] end
    local score = string.format('%.0f', now)
    local fields = (state[7] or not plain) and redis.call('HMGET', KEYS[4], unpack(asked))
    local unknown = renew_singles(fields, score) or renew_known(fields, score)
    rest = {}
    for i = 1, count do
      if unknown[asked[i]] then rest[#rest + 1] = i end
    end
    if #rest == 0 then
      if now - state[4] < KEEP_INTERVAL_MILLIS then return {} end
      if keep(state, now) then
        redis.call('HSET', KEYS[2], 'clock', score, 'tended', score)
        return {}
      end
      rest = nil
    end
  end
end
