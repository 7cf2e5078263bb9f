"use strict";
/* SHA-256 (FIPS 180-4) of a range of bytes. The browser's own is at hand on secure pages only,
   and neither in folders nor over plain http. */
{
  const pages = (window.validatePages ??= {});
  const SIZE = 64;

  function isPrime(number) {
    for (let divisor = 2; divisor * divisor <= number; divisor++) {
      if (number % divisor === 0) return false;
    }
    return true;
  }

  /* The first 32 bits of the fraction of a number. */
  function fraction(number) {
    return ((number - Math.floor(number)) * 2 ** 32) | 0;
  }

  /* Section 4.2.2 and 5.3.3: from the cube roots of the first 64 primes, and the square roots of
     the first eight. */
  const primes = [];
  for (let number = 2; primes.length < SIZE; number++) if (isPrime(number)) primes.push(number);
  const K = Int32Array.from(primes, (prime) => fraction(Math.cbrt(prime)));
  const START = Int32Array.from(primes.slice(0, 8), (prime) => fraction(Math.sqrt(prime)));

  const W = new Int32Array(SIZE);

  function rotated(word, by) {
    return (word >>> by) | (word << (32 - by));
  }

  /* Section 6.2.2: one block of 64 bytes. */
  function compress(state, bytes, at) {
    for (let t = 0; t < 16; t++, at += 4) {
      W[t] = (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
    }
    for (let t = 16; t < SIZE; t++) {
      const early = W[t - 15];
      const late = W[t - 2];
      const s0 = rotated(early, 7) ^ rotated(early, 18) ^ (early >>> 3);
      const s1 = rotated(late, 17) ^ rotated(late, 19) ^ (late >>> 10);
      W[t] = (W[t - 16] + s0 + W[t - 7] + s1) | 0;
    }
    let a = state[0];
    let b = state[1];
    let c = state[2];
    let d = state[3];
    let e = state[4];
    let f = state[5];
    let g = state[6];
    let h = state[7];
    for (let t = 0; t < SIZE; t++) {
      const S1 = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25);
      const T1 = (h + S1 + ((e & f) ^ (~e & g)) + K[t] + W[t]) | 0;
      const S0 = rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22);
      const T2 = (S0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g;
      g = f;
      f = e;
      e = (d + T1) | 0;
      d = c;
      c = b;
      b = a;
      a = (T1 + T2) | 0;
    }
    state[0] += a;
    state[1] += b;
    state[2] += c;
    state[3] += d;
    state[4] += e;
    state[5] += f;
    state[6] += g;
    state[7] += h;
  }

  /* Section 5.1.1: what is left of the bytes, a one, zeros and the length in bits. */
  const LAST = new Uint8Array(2 * SIZE);
  function pad(bytes, from, start, end) {
    const rest = end - from;
    const size = rest < SIZE - 8 ? SIZE : 2 * SIZE;
    LAST.fill(0);
    for (let at = 0; at < rest; at++) LAST[at] = bytes[from + at];
    LAST[rest] = 0x80;
    const bits = (end - start) * 8;
    for (let place = size - 1, left = bits; left; place--) {
      LAST[place] = left % 256;
      left = Math.floor(left / 256);
    }
    return size;
  }

  /* The digest of bytes from `start` to `end` as eight words, which hold until the next call: who
     tries every stretch of a text has no time to make arrays. */
  const STATE = new Int32Array(8);
  function sha256Words(bytes, start, end) {
    STATE.set(START);
    let at = start;
    for (; at + SIZE <= end; at += SIZE) compress(STATE, bytes, at);
    const size = pad(bytes, at, start, end);
    for (let place = 0; place < size; place += SIZE) compress(STATE, LAST, place);
    return STATE;
  }

  function hexadecimal(word) {
    return (word >>> 0).toString(16).padStart(8, "0");
  }

  /* The same in lower-case hexadecimal. */
  function sha256(bytes, start = 0, end = bytes.length) {
    const digits = Array.from(sha256Words(bytes, start, end), hexadecimal);
    return digits.join("");
  }

  Object.assign(pages, { sha256, sha256Words });
}
