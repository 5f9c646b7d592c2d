-- Ends sessions. The named ones are remembered for one TTL, so that a late heartbeat revives none (S5).
-- KEYS     live meta names sessions left log times
-- ARGV     TTL in ms, used while no touch has recorded one; channel of signals; per leave: member, session or '' for all
-- returns  the members that were live and are no longer
-- cost     O(leaves * (log members + sessions of the member)), plus dropping 256 departures, or as many as are added

-- A full server rejects a script if its first write may need memory. This first write never does, so all later ones are accepted:
-- a leave frees memory.
redis.call('HDEL', KEYS[2] or KEYS[1], '')

-- include: limits
-- include: cell
-- include: sessions
unswept = due <= now
local members = {}
for i = 3, #ARGV, 2 do members[#members + 1] = ARGV[i] end
local entries = find_members(members)
local gone, changed, left_now = {}, {}, {}

local added = 0

local function remember(member, session)
  redis.call('ZADD', left, text(now), tombstone(member, session))
  added = added + 1
end

local function remember_all(member, entry)
  if has_several(entry.field) then
    for _, session in ipairs(names_of(entry.field)) do
      if session ~= '' then remember(member, session) end
    end
  elseif entry.field then
    local session = unpack_session(entry.field)
    if session ~= '' then remember(member, session) end
  end
end

local function stays(member, entry, session)
  if session == '' then return false end
  if not has_several(entry.field) then return not entry.field or unpack_session(entry.field) ~= session end
  local newest = end_sessions(member, entry, function(name) return name == session end)
  if newest and newest < entry.seen then
    entry.seen = newest
    changed[member] = entry
  end
  return newest
end

local function end_of(member)
  entries[member] = nil
  changed[member] = nil
  gone[#gone + 1] = member
end

for i = 3, #ARGV, 2 do
  local member, session = ARGV[i], ARGV[i + 1]
  local entry = entries[member]
  if session ~= '' then
    remember(member, session)
  elseif entry and entry.seen >= cutoff then
    remember_all(member, entry)
  end
  if entry and entry.seen < cutoff then
    end_of(member)
    append_event('t', member)
  elseif entry and not stays(member, entry, session) then
    end_of(member)
    left_now[#left_now + 1] = member
    append_event('l', member)
  end
end
if #gone > 0 then remove(gone) end
for member, entry in pairs(changed) do redis.call('ZADD', live, text(entry.seen), member) end
if added > 0 or tombstones_due and tombstones_due <= now then forget(math.max(DEPARTURES_PER_CALL, added)) end
save_and_keep()
return left_now
