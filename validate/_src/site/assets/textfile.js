"use strict";
/* The bytes of a file as the text that they may be. */
{
  const pages = (window.validatePages ??= {});
  const OTHERS = ["shift_jis", "euc-jp", "windows-1252"]; // what texts come in that are not Unicode
  const WIDE = ["utf-16le", "utf-16be"]; // of which every other byte of English is 0
  const FORMATS = [
    ["%PDF", "a PDF"],
    ["PK\x03\x04", "a zip file, or a document of an office program"],
    ["{\\rtf", "a document in Rich Text Format"],
    ["\xd0\xcf\x11\xe0", "a document of an office program"],
  ];

  /* What a file is that is no text, by its first bytes; empty if it may be one. */
  function formatOf(bytes) {
    const begins = (sign) => Array.from(sign).every((one, at) => bytes[at] === one.charCodeAt(0));
    return FORMATS.find(([sign]) => begins(sign))?.[1] ?? "";
  }

  /* What the bytes of a file may be as text: one reading or several, each with its encoding,
     whether it begins with a byte order mark, and whether nothing but a guess tells it. */
  function readings(bytes) {
    const begins = (...mark) => mark.every((byte, at) => bytes[at] === byte);
    const given = (encoding, mark, isGuess) => {
      const text = decoded(bytes, encoding);
      return text === null ? [] : [{ encoding, text, mark, isGuess }];
    };
    if (begins(0xff, 0xfe)) return given("utf-16le", true, false);
    if (begins(0xfe, 0xff)) return given("utf-16be", true, false);
    const utf8 = given("utf-8", begins(0xef, 0xbb, 0xbf), false);
    if (utf8.length && !bytes.includes(0)) return utf8;
    const others = bytes.includes(0) ? WIDE : OTHERS;
    return [...utf8, ...others.flatMap((encoding) => given(encoding, false, true))];
  }

  function decoded(bytes, encoding) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      return null;
    }
  }

  Object.assign(pages, { formatOf, readings });
}
