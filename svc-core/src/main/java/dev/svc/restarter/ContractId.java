package dev.svc.restarter;

/// The number of a process contract, unique within a boot and never reused.
public record ContractId(long value) implements Comparable<ContractId> {
    public ContractId {
        if (value <= 0) {
            throw new IllegalArgumentException("contract id " + value + " is not positive");
        }
    }

    public ContractId next() {
        return new ContractId(value + 1);
    }

    @Override public int compareTo(ContractId other) {
        return Long.compare(value, other.value);
    }

    @Override public String toString() {
        return Long.toString(value);
    }
}
