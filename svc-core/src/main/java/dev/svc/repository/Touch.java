package dev.svc.repository;

/// What becomes of one row of the database.
sealed interface Touch {
    Row.Key key();

    record Write(Row row, String content, byte[] hash) implements Touch {
        static Write of(Row row) {
            String content = row.content();
            return new Write(row, content, row.hash(content));
        }

        @Override public Row.Key key() {
            return row.key();
        }
    }

    record Erase(Row.Key key) implements Touch {}
}
