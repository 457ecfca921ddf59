package dev.svc.contract;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/// A JSON object whose last member is the checksum of everything before it: `{…,"crc":"0a1b2c3d"}`.
///
/// CRC-32C, eight lower-case hexadecimal digits, over the bytes in front of the comma. Whatever byte is changed, it shows.
final class Checked {
    private static final byte[] MARK = ",\"crc\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = "\"}".getBytes(StandardCharsets.US_ASCII);
    private static final int DIGITS = 8;
    private static final int TAIL = MARK.length + DIGITS + END.length;

    private Checked() {}

    /// The line of `object`, which has at least one member, with its checksum.
    static byte[] seal(String object) {
        byte[] head = object.substring(0, object.length() - 1).getBytes(StandardCharsets.UTF_8);
        byte[] line = Arrays.copyOf(head, head.length + TAIL);
        System.arraycopy(MARK, 0, line, head.length, MARK.length);
        System.arraycopy(digits(head, head.length), 0, line, head.length + MARK.length, DIGITS);
        System.arraycopy(END, 0, line, line.length - END.length, END.length);
        return line;
    }

    /// Whether the line is as it was sealed.
    static boolean isIntact(byte[] line) {
        int head = line.length - TAIL;
        if (head < 1) {
            return false;
        }
        int digits = head + MARK.length;
        return Arrays.equals(line, head, digits, MARK, 0, MARK.length)
                && Arrays.equals(line, digits, digits + DIGITS, digits(line, head), 0, DIGITS)
                && Arrays.equals(line, digits + DIGITS, line.length, END, 0, END.length);
    }

    private static byte[] digits(byte[] line, int length) {
        CRC32C crc = new CRC32C();
        crc.update(line, 0, length);
        return HexFormat.of().toHexDigits((int) crc.getValue()).getBytes(StandardCharsets.US_ASCII);
    }
}
