const DISCORD_EPOCH = 1_420_070_400_000;
let counter = 0;

/** A new id as Discord gives them: its time in the upper bits, never the same one twice. */
export function snowflake(at = Date.now()): string {
  counter += 1;
  return String((BigInt(at - DISCORD_EPOCH) << 22n) | BigInt(counter & 0x3fffff));
}
