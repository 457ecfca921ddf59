package dev.svc.repository;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// SHA-256 over the canonical form of a row: the table's name, then each column; texts in UTF-8 and byte strings after their length in
/// four bytes, numbers in eight, most significant first.
final class RowHash {
    private final MessageDigest digest;

    private RowHash(MessageDigest digest) {
        this.digest = digest;
    }

    static RowHash of(String table) {
        try {
            return new RowHash(MessageDigest.getInstance("SHA-256")).text(table);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }

    RowHash text(String column) {
        return bytes(column.getBytes(StandardCharsets.UTF_8));
    }

    RowHash bytes(byte[] column) {
        digest.update(ByteBuffer.allocate(4).putInt(column.length).array());
        digest.update(column);
        return this;
    }

    RowHash number(long column) {
        digest.update(ByteBuffer.allocate(8).putLong(column).array());
        return this;
    }

    byte[] value() {
        return digest.digest();
    }
}
