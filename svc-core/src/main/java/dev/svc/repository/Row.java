package dev.svc.repository;

import dev.svc.model.LayerGroup;
import dev.svc.model.Snapshot;

/// One row of the repository: what is stored, and the number of the change that put it there.
sealed interface Row {
    Key key();

    long sequence();

    /// The JSON of its content column.
    String content();

    /// Its hash, given its content.
    byte[] hash(String content);

    default byte[] hash() {
        return hash(content());
    }

    /// What names a row.
    sealed interface Key {
        record OfGroup(LayerGroup.Key group) implements Key {}

        record OfShot(Snapshot.Key snapshot) implements Key {}
    }

    /// A row of table `property_group`.
    record Group(LayerGroup group, long sequence) implements Row {
        static final String TABLE = "property_group";

        static Key key(LayerGroup group) {
            return new Key.OfGroup(group.key());
        }

        @Override public Key key() {
            return key(group);
        }

        @Override public String content() {
            return Content.of(group);
        }

        @Override public byte[] hash(String content) {
            return hash(
                    group.entity().toString(), group.layer().layerName(), group.group().name(), group.group().type(), content, sequence);
        }

        static byte[] hash(String entity, String layer, String name, String type, String content, long sequence) {
            return RowHash.of(TABLE).text(entity).text(layer).text(name).text(type).text(content).number(sequence).value();
        }
    }

    /// A row of table `snapshot`.
    record Shot(Snapshot snapshot, long sequence) implements Row {
        static final String TABLE = "snapshot";

        static Key key(Snapshot snapshot) {
            return new Key.OfShot(snapshot.key());
        }

        @Override public Key key() {
            return key(snapshot);
        }

        @Override public String content() {
            return Content.of(snapshot);
        }

        @Override public byte[] hash(String content) {
            return hash(snapshot.instance().toString(), snapshot.name(), content, sequence);
        }

        static byte[] hash(String instance, String name, String content, long sequence) {
            return RowHash.of(TABLE).text(instance).text(name).text(content).number(sequence).value();
        }
    }
}
