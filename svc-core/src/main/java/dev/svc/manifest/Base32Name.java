package dev.svc.manifest;

import java.nio.charset.StandardCharsets;

/// Any text as part of a property name: Base32 (RFC 4648), padded with `-`.
final class Base32Name {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int BITS = 5;

    private Base32Name() {}

    static String of(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        StringBuilder name = new StringBuilder();
        int buffer = 0;
        int held = 0;
        for (byte b : bytes) {
            buffer = buffer << Byte.SIZE | b & 0xff;
            held += Byte.SIZE;
            while (held >= BITS) {
                held -= BITS;
                name.append(ALPHABET.charAt(buffer >> held & 31));
            }
            buffer &= (1 << held) - 1;
        }
        if (held > 0) {
            name.append(ALPHABET.charAt(buffer << BITS - held & 31));
        }
        while (name.length() % 8 != 0) {
            name.append('-');
        }
        return name.toString();
    }
}
