package dev.svc.svccfg;

/// `group/property`, as operands name a property.
record PropertyName(String group, String property) {
    static PropertyName of(String operand) throws RefusedException {
        int slash = operand.indexOf('/');
        if (slash <= 0 || slash == operand.length() - 1) {
            throw new RefusedException("Property names must contain a `/'.");
        }
        return new PropertyName(operand.substring(0, slash), operand.substring(slash + 1));
    }
}
