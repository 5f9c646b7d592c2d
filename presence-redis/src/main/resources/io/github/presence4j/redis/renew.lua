-- Included by touch.lua: the fast path. It applies all touches of a member, or none of them, and only if the cell needs no other
-- work. Returns if that was all; else `rest` has the positions of the other touches. A touch that is applied twice does no harm.
local count = (#ARGV - 3) / width
local function member_of(position) return ARGV[4 + (position - 1) * width] end

-- Renews elements of a sorted set that are in it, and returns those that are not. One that was renewed in the same millisecond does
-- not count as changed, so if too few did, all are asked for.
local function renew_elements(key, elements, score)
  if #elements == 0 then return {} end
  local args, missing = {}, {}
  for i, element in ipairs(elements) do
    args[2 * i - 1] = score
    args[2 * i] = element
  end
  if redis.call('ZADD', key, 'XX', 'GT', 'CH', unpack(args)) < #elements then
    for i, found in ipairs(redis.call('ZMSCORE', key, unpack(elements))) do
      if not found then missing[#missing + 1] = elements[i] end
    end
  end
  return missing
end

-- Returns what each member's touches say, if that is known already: nil if not, else true. Also returns the keys of the touched
-- sessions of members that have several, each with its member.
local function find_known()
  local asked, known, keys, owners, data_fields, data = {}, {}, {}, {}, {}, {}
  for i = 1, count do
    asked[i] = member_of(i)
    known[asked[i]] = true
  end
  for i, field in ipairs(redis.call('HMGET', KEYS[4], unpack(asked))) do
    local member, packed = asked[i], plain and '' or ARGV[3 + i * 2]
    field = field or '0:'
    if packed == '' then packed = '0:' end
    if string.byte(field) == 42 then
      local length, from = string.match(packed, '^(%d+):()')
      local key = #member .. ':' .. member .. string.sub(packed, from, from + length - 1)
      if not owners[key] then keys[#keys + 1] = key end
      owners[key] = member
      if #packed > from + length - 1 then
        data_fields[#data_fields + 1] = '\255' .. key
        data[#data + 1] = {member, string.sub(packed, from + length)}
      end
    elseif field ~= packed and string.sub(field, 1, #packed + 1) ~= packed .. '=' then
      -- A touch without data keeps the data of its session (S4), so it is known if the field continues with data.
      known[member] = nil
    end
  end
  if #data > 0 then
    for i, stored in ipairs(redis.call('HMGET', KEYS[4], unpack(data_fields))) do
      if stored ~= data[i][2] then known[data[i][1]] = nil end
    end
  end
  return known, keys, owners
end

-- Renews sessions before their members: a member must not be renewed by a session that is gone.
local function renew_known(score)
  local known, keys, owners = find_known()
  local live_keys, members, noted = {}, {}, {}
  for _, key in ipairs(keys) do
    if known[owners[key]] then live_keys[#live_keys + 1] = key end
  end
  for _, key in ipairs(renew_elements(KEYS[7], live_keys, score)) do known[owners[key]] = nil end
  for i = 1, count do
    local member = member_of(i)
    if known[member] and not noted[member] then
      noted[member] = true
      members[#members + 1] = member
    end
  end
  for _, member in ipairs(renew_elements(KEYS[1], members, score)) do known[member] = nil end
  for i = 1, count do
    if not known[member_of(i)] then rest[#rest + 1] = i end
  end
end

local function renew_plain(score)
  local missing = {}
  for _, member in ipairs(renew_elements(KEYS[1], {unpack(ARGV, 4)}, score)) do missing[member] = true end
  for i = 1, count do
    if missing[member_of(i)] then rest[#rest + 1] = i end
  end
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
    and (not state[8] or now < tonumber(state[8])) then
    local score = string.format('%.0f', now)
    rest = {}
    if plain and not state[7] then renew_plain(score) else renew_known(score) end
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
