package dev.svc.repository;

import java.math.BigInteger;
import java.util.Arrays;

/// The sum of row hashes modulo 2^256: it shows a row that vanished, came twice or came back, and follows a change without looking at
/// the other rows.
record SetHash(BigInteger sum) {
    static final int BYTES = 32;
    static final SetHash EMPTY = new SetHash(BigInteger.ZERO);

    private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(8 * BYTES);

    static SetHash of(byte[] bytes) {
        return new SetHash(new BigInteger(1, bytes));
    }

    SetHash with(byte[] rowHash) {
        return new SetHash(sum.add(new BigInteger(1, rowHash)).mod(MODULUS));
    }

    SetHash without(byte[] rowHash) {
        return new SetHash(sum.subtract(new BigInteger(1, rowHash)).mod(MODULUS));
    }

    byte[] bytes() {
        byte[] short0 = sum.toByteArray();
        byte[] full = new byte[BYTES];
        int length = Math.min(short0.length, BYTES);
        System.arraycopy(Arrays.copyOfRange(short0, short0.length - length, short0.length), 0, full, BYTES - length, length);
        return full;
    }
}
