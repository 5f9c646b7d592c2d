-- Included by other scripts: the limits of a cell. The first ones are equal to those in Limits.java of presence-cell, as a test
-- checks.
local KEPT_AFTER_TTL_MILLIS = 60000
local WATCHED_MILLIS = 90000
local KEEP_INTERVAL_MILLIS = 20000
local LOG_EVENTS = 4096
local LOG_BYTES = 1048576
local SESSIONS_PER_MEMBER = 1000
local TIMEOUTS_PER_CALL = 64

-- The layout of the keys, as `meta` records it. Another version of the library may have created the cell.
local LAYOUT = '2'
local function wrong_layout(other)
  return 'LAYOUT The keys of this topic have layout ' .. (other or '1') .. ', and this version of presence4j needs layout ' .. LAYOUT
    .. '. Use one version on all nodes, or a namespace for each.'
end

-- Of Redis alone. A signal has at most so many bytes of events, each counted as in the log.
local SIGNAL_BYTES = 8192
-- Dropping a departure is one command for many, so a call drops more of them than it records timeouts.
local DEPARTURES_PER_CALL = 256
-- For so long, a cell from before a reset answers as before.
local ANSWERS_AFTER_RESET_MILLIS = 10000
