package dev.svc.repository;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Finds rows in a database that SQLite gives up on: reads every page that looks like a leaf of a table, whatever leads to it, and keeps
/// the records whose hash holds. A page that is gone thus costs its own rows only.
///
/// Freed pages and deleted records do not speak up, as our connections overwrite them with zeros (`secure_delete`). Format: SQLite file
/// format, sections 1.6 (b-tree pages), 1.5 (overflow) and 2.1 (records).
final class PageSalvage {
    private static final int TABLE_LEAF = 0x0D;
    private static final int FILE_HEADER = 100;
    /// No row of ours is longer; a damaged length must not take the memory that the rebuild needs.
    private static final int MOST_PAYLOAD = 8 << 20;
    private static final int MOST_COLUMNS = 7;
    private static final int[] PAGE_SIZES = {4096, 8192, 1024, 2048, 16384, 32768, 65536, 512};

    private final SeekableByteChannel file;
    private final int pageSize;
    private final long pages;
    private final ContentReader contents = new ContentReader();
    private final Rows rows = new Rows();

    private PageSalvage(SeekableByteChannel file, int pageSize) throws IOException {
        this.file = file;
        this.pageSize = pageSize;
        this.pages = (file.size() + pageSize - 1) / pageSize;
    }

    /// The intact rows of a file; none if it cannot be read.
    static Rows rows(Disk disk, Path database) {
        try (SeekableByteChannel file = disk.readAt(database)) {
            for (int pageSize : PAGE_SIZES) {
                PageSalvage salvage = new PageSalvage(file, pageSize);
                salvage.scan();
                if (!salvage.rows.isEmpty()) {
                    return salvage.rows;
                }
            }
            return new Rows();
        } catch (IOException _) {
            return new Rows();
        }
    }

    private void scan() throws IOException {
        for (long number = 1; number <= pages; number++) {
            ByteBuffer page = page(number);
            int header = number == 1 ? FILE_HEADER : 0;
            if (page.limit() >= header + 8 && page.get(header) == TABLE_LEAF) {
                leaf(page, header);
            }
        }
    }

    private void leaf(ByteBuffer page, int header) {
        int cells = Short.toUnsignedInt(page.getShort(header + 3));
        for (int i = 0; i < cells && header + 8 + 2 * i + 2 <= page.limit(); i++) {
            int at = Short.toUnsignedInt(page.getShort(header + 8 + 2 * i));
            try {
                cell(page, at).flatMap(this::row).ifPresent(rows::put);
            } catch (IllegalArgumentException | IndexOutOfBoundsException | java.nio.BufferUnderflowException | IOException
                    | jakarta.json.JsonException _) {
                // No record of ours, or one that is damaged: the hash is what counts, and it was not reached.
            }
        }
    }

    /// The payload of a cell, its overflow pages included.
    private Optional<byte[]> cell(ByteBuffer page, int at) throws IOException {
        ByteBuffer cell = page.duplicate().position(at);
        long length = varint(cell);
        varint(cell);
        if (length <= 0 || length > MOST_PAYLOAD) {
            return Optional.empty();
        }
        int usable = pageSize;
        int local = local((int) length, usable);
        byte[] payload = new byte[(int) length];
        cell.get(payload, 0, local);
        long next = local < length ? Integer.toUnsignedLong(cell.getInt()) : 0;
        for (int got = local; got < length;) {
            if (next == 0 || next > pages) {
                return Optional.empty();
            }
            ByteBuffer overflow = page(next);
            next = Integer.toUnsignedLong(overflow.getInt(0));
            int part = Math.min(payload.length - got, usable - 4);
            overflow.position(4).get(payload, got, part);
            got += part;
        }
        return Optional.of(payload);
    }

    /// How much of a payload stands in the leaf itself.
    private static int local(int length, int usable) {
        int most = usable - 35;
        if (length <= most) {
            return length;
        }
        int least = (usable - 12) * 32 / 255 - 23;
        int rest = least + (length - least) % (usable - 4);
        return rest <= most ? rest : least;
    }

    private Optional<Row> row(byte[] payload) {
        List<Object> columns = columns(ByteBuffer.wrap(payload));
        return switch (shape(columns)) {
            case "bbbbbnb" -> group(columns);
            case "bbbnb" -> snapshot(columns);
            default -> Optional.empty();
        };
    }

    /// A letter for each column: b for bytes, n for a number.
    private static String shape(List<Object> columns) {
        StringBuilder shape = new StringBuilder();
        columns.forEach(column -> shape.append(column instanceof byte[] ? 'b' : 'n'));
        return shape.toString();
    }

    private Optional<Row> group(List<Object> columns) {
        String entity = text(columns.get(0));
        String layer = text(columns.get(1));
        String name = text(columns.get(2));
        String type = text(columns.get(3));
        String content = text(columns.get(4));
        long sequence = (Long) columns.get(5);
        if (!Arrays.equals(Row.Group.hash(entity, layer, name, type, content, sequence), (byte[]) columns.get(6))) {
            return Optional.empty();
        }
        return Optional.of(new Row.Group(contents.group(entity, layer, name, type, content), sequence));
    }

    private Optional<Row> snapshot(List<Object> columns) {
        String instance = text(columns.get(0));
        String name = text(columns.get(1));
        String content = Schema.inflated((byte[]) columns.get(2));
        long sequence = (Long) columns.get(3);
        if (!Arrays.equals(Row.Shot.hash(instance, name, content, sequence), (byte[]) columns.get(4))) {
            return Optional.empty();
        }
        return Optional.of(new Row.Shot(contents.snapshot(instance, name, content), sequence));
    }

    /// The values of a record: byte arrays (texts and blobs) and numbers.
    private static List<Object> columns(ByteBuffer record) {
        int headerLength = (int) varint(record);
        List<Long> types = new ArrayList<>();
        while (record.position() < headerLength) {
            types.add(varint(record));
            if (types.size() > MOST_COLUMNS) {
                throw new IllegalArgumentException("no table of ours has so many columns");
            }
        }
        List<Object> values = new ArrayList<>();
        for (long type : types) {
            values.add(value(record, type));
        }
        return values;
    }

    private static Object value(ByteBuffer record, long type) {
        // A damaged type may promise more bytes than memory has; a negative one is of nine bytes with the highest bit set.
        if (type < 0 || (type - 12) / 2 > record.remaining()) {
            throw new IllegalArgumentException("a record of " + record.limit() + " bytes has no column of type " + type);
        }
        if (type >= 12) {
            byte[] bytes = new byte[(int) ((type - 12) / 2)];
            record.get(bytes);
            return bytes;
        }
        int length = switch ((int) type) {
            case 1, 2, 3, 4 -> (int) type;
            case 5 -> 6;
            case 6 -> 8;
            case 8, 9 -> 0;
            default -> throw new IllegalArgumentException("no column of ours has type " + type);
        };
        long number = type == 9 ? 1 : 0;
        for (int i = 0; i < length; i++) {
            number = i == 0 ? record.get() : number << 8 | Byte.toUnsignedLong(record.get());
        }
        return number;
    }

    private static String text(Object column) {
        return new String((byte[]) column, StandardCharsets.UTF_8);
    }

    private static long varint(ByteBuffer bytes) {
        long value = 0;
        for (int i = 0; i < 8; i++) {
            byte next = bytes.get();
            value = value << 7 | next & 0x7F;
            if (next >= 0) {
                return value;
            }
        }
        return value << 8 | Byte.toUnsignedLong(bytes.get());
    }

    /// A page; the last may be cut short.
    private ByteBuffer page(long number) throws IOException {
        ByteBuffer page = ByteBuffer.allocate(pageSize);
        file.position((number - 1) * pageSize);
        while (page.hasRemaining() && file.read(page) > 0) {
            // read on
        }
        return page.flip();
    }
}
