package dev.svc.repository;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// One way to damage the files of a repository at rest; the lists below make many of each kind.
///
/// @param what tells it from the others of its kind
record Damage(Kind kind, String what, Act act) {
    private static final int PAGE = 4096;

    /// Changes files, by name.
    interface Act {
        void on(Map<String, byte[]> files);
    }

    /// What is damaged.
    enum Part {
        DATABASE, JOURNAL, BACKUPS, EVERYTHING
    }

    /// What is wrong with it, in the words of the documentation.
    enum Kind {
        DATABASE_MISSING(Part.DATABASE, "database missing"), DATABASE_EMPTY(Part.DATABASE,
                "database empty, too short or too long"), DATABASE_GARBAGE(Part.DATABASE,
                        "database overwritten with noise"), DATABASE_CUT_AT_PAGE(Part.DATABASE,
                                "database cut at a page boundary"), DATABASE_CUT_IN_PAGE(Part.DATABASE,
                                        "database cut within a page"), DATABASE_PAGE_ZEROED(Part.DATABASE,
                                                "database page zeroed"), DATABASE_PAGES_SWAPPED(Part.DATABASE,
                                                        "two database pages swapped"), DATABASE_BIT(Part.DATABASE,
                                                                "database bit flipped"), DATABASE_OLDER(Part.DATABASE,
                                                                        "older copy of the database"), DATABASE_FOREIGN_JOURNAL(
                                                                                Part.DATABASE,
                                                                                "SQLite journal of another database beside it"), JOURNAL_MISSING(
                                                                                        Part.JOURNAL,
                                                                                        "journal missing"), JOURNAL_SEGMENT_MISSING(
                                                                                                Part.JOURNAL,
                                                                                                "journal segment missing"), JOURNAL_TORN(
                                                                                                        Part.JOURNAL,
                                                                                                        "journal torn at a byte of its last line"), JOURNAL_CUT(
                                                                                                                Part.JOURNAL,
                                                                                                                "journal segment cut anywhere"), JOURNAL_BIT(
                                                                                                                        Part.JOURNAL,
                                                                                                                        "journal bit flipped"), JOURNAL_ZEROED(
                                                                                                                                Part.JOURNAL,
                                                                                                                                "stretch of the journal zeroed"), JOURNAL_GAP(
                                                                                                                                        Part.JOURNAL,
                                                                                                                                        "journal lines cut out"), JOURNAL_DUPLICATED(
                                                                                                                                                Part.JOURNAL,
                                                                                                                                                "journal lines duplicated"), JOURNAL_REORDERED(
                                                                                                                                                        Part.JOURNAL,
                                                                                                                                                        "journal lines reordered"), JOURNAL_SPLICED(
                                                                                                                                                                Part.JOURNAL,
                                                                                                                                                                "line of another journal spliced in"), JOURNAL_OLDER(
                                                                                                                                                                        Part.JOURNAL,
                                                                                                                                                                        "older copy of the journal"), BACKUP_MISSING(
                                                                                                                                                                                Part.BACKUPS,
                                                                                                                                                                                "backups missing"), BACKUP_BIT(
                                                                                                                                                                                        Part.BACKUPS,
                                                                                                                                                                                        "backup bit flipped"), BACKUP_CUT(
                                                                                                                                                                                                Part.BACKUPS,
                                                                                                                                                                                                "backup cut"), EVERYTHING_OLDER(
                                                                                                                                                                                                        Part.EVERYTHING,
                                                                                                                                                                                                        "older copy of everything"), EVERYTHING_FOREIGN(
                                                                                                                                                                                                                Part.EVERYTHING,
                                                                                                                                                                                                                "everything replaced by another repository"), EVERYTHING_MISSING(
                                                                                                                                                                                                                        Part.EVERYTHING,
                                                                                                                                                                                                                        "everything missing"), EVERYTHING_DAMAGED(
                                                                                                                                                                                                                                Part.EVERYTHING,
                                                                                                                                                                                                                                "a bit flipped, a cut or nothing left in several files at once");

        private final Part part;
        private final String words;

        Kind(Part part, String words) {
            this.part = part;
            this.words = words;
        }

        Part part() {
            return part;
        }

        String words() {
            return words;
        }
    }

    private static Damage replacing(Kind kind, String what, String name, byte[] bytes) {
        return new Damage(kind, what, files -> files.put(name, bytes));
    }

    private static Damage removing(Kind kind, String part) {
        return new Damage(kind, part + " removed", files -> files.keySet().removeIf(name -> name.startsWith(part)));
    }

    /// The database damaged in every way, `flips` bits in each page.
    ///
    /// @param before an older copy of the files
    static List<Damage> ofDatabase(Remains rest, Map<String, byte[]> before, int flips, Random random) {
        byte[] database = rest.database();
        List<Damage> all = new ArrayList<>();
        all.add(removing(Kind.DATABASE_MISSING, Remains.DATABASE));
        for (byte[] odd : List.of(new byte[0], new byte[1], new byte[99], new byte[100], Arrays.copyOf(database, 100),
                Arrays.copyOf(database, database.length + 1), Arrays.copyOf(database, database.length + PAGE))) {
            all.add(replacing(Kind.DATABASE_EMPTY, odd.length + " bytes", Remains.DATABASE, odd));
        }
        for (int i = 0; i < 4; i++) {
            byte[] garbage = new byte[database.length];
            random.nextBytes(garbage);
            if (i > 0) {
                System.arraycopy(database, 0, garbage, 0, i == 1 ? 100 : i * PAGE);
            }
            all.add(replacing(Kind.DATABASE_GARBAGE, "noise " + i, Remains.DATABASE, garbage));
        }
        for (int cut = PAGE; cut < database.length; cut += PAGE) {
            all.add(replacing(Kind.DATABASE_CUT_AT_PAGE, "cut at " + cut, Remains.DATABASE, Arrays.copyOf(database, cut)));
        }
        for (int page = 0; page < database.length; page += PAGE) {
            all.addAll(ofPage(database, page, flips, random));
        }
        all.add(new Damage(Kind.DATABASE_OLDER, "older", files -> files.put(Remains.DATABASE, before.get(Remains.DATABASE))));
        all.add(new Damage(Kind.DATABASE_FOREIGN_JOURNAL, "noise as its journal", files -> {
            byte[] noise = new byte[3 * PAGE];
            new Random(1).nextBytes(noise);
            files.put(Remains.DATABASE + "-journal", noise);
        }));
        return all;
    }

    private static List<Damage> ofPage(byte[] database, int page, int flips, Random random) {
        int number = page / PAGE;
        List<Damage> all = new ArrayList<>();
        int cut = page + 1 + random.nextInt(PAGE - 1);
        all.add(replacing(Kind.DATABASE_CUT_IN_PAGE, "cut at " + cut, Remains.DATABASE, Arrays.copyOf(database, cut)));
        byte[] zeroed = database.clone();
        Arrays.fill(zeroed, page, page + PAGE, (byte) 0);
        all.add(replacing(Kind.DATABASE_PAGE_ZEROED, "page " + number, Remains.DATABASE, zeroed));
        byte[] swapped = database.clone();
        int other = (number + 1 + random.nextInt(database.length / PAGE - 1)) % (database.length / PAGE) * PAGE;
        System.arraycopy(database, other, swapped, page, PAGE);
        System.arraycopy(database, page, swapped, other, PAGE);
        all.add(replacing(Kind.DATABASE_PAGES_SWAPPED, "pages " + number + " and " + other / PAGE, Remains.DATABASE, swapped));
        for (int i = 0; i < flips; i++) {
            int at = page + random.nextInt(PAGE);
            all.add(replacing(Kind.DATABASE_BIT, "a bit of byte " + at, Remains.DATABASE, flipped(database, at, random)));
        }
        return all;
    }

    /// The journal damaged in every way, `flips` bits, cuts and holes in each segment.
    static List<Damage> ofJournal(Remains rest, Map<String, byte[]> before, byte[] foreignLine, int flips, Random random) {
        List<Damage> all = new ArrayList<>();
        List<String> segments = rest.names(Remains.JOURNAL);
        all.add(removing(Kind.JOURNAL_MISSING, Remains.JOURNAL));
        all.add(new Damage(Kind.JOURNAL_OLDER, "older", files -> {
            files.keySet().removeIf(name -> name.startsWith(Remains.JOURNAL));
            before.forEach((name, bytes) -> {
                if (name.startsWith(Remains.JOURNAL)) {
                    files.put(name, bytes);
                }
            });
        }));
        String last = segments.getLast();
        byte[] end = rest.files().get(last);
        int lastLine = lines(end).getLast().from;
        for (int cut = lastLine; cut < end.length; cut++) {
            all.add(replacing(Kind.JOURNAL_TORN, "at byte " + (cut - lastLine), last, Arrays.copyOf(end, cut)));
        }
        for (String segment : segments) {
            all.add(new Damage(Kind.JOURNAL_SEGMENT_MISSING, segment, files -> files.remove(segment)));
            all.addAll(ofSegment(segment, rest.files().get(segment), foreignLine, flips, random));
        }
        return all;
    }

    private static List<Damage> ofSegment(String name, byte[] bytes, byte[] foreignLine, int flips, Random random) {
        List<Damage> all = new ArrayList<>();
        for (int end : new int[]{0, bytes.length - 1}) {
            all.add(replacing(Kind.JOURNAL_BIT, name + " a bit of byte " + end, name, flipped(bytes, end, random)));
        }
        for (int i = 0; i < flips && bytes.length > 0; i++) {
            int at = random.nextInt(bytes.length);
            all.add(replacing(Kind.JOURNAL_CUT, name + " at " + at, name, Arrays.copyOf(bytes, at)));
            at = random.nextInt(bytes.length);
            all.add(replacing(Kind.JOURNAL_BIT, name + " a bit of byte " + at, name, flipped(bytes, at, random)));
            at = random.nextInt(bytes.length);
            byte[] zeroed = bytes.clone();
            Arrays.fill(zeroed, at, Math.min(bytes.length, at + 1 + random.nextInt(1000)), (byte) 0);
            all.add(replacing(Kind.JOURNAL_ZEROED, name + " from " + at, name, zeroed));
        }
        List<Line> lines = lines(bytes);
        for (int i = 0; i < lines.size(); i++) {
            List<Line> left = new ArrayList<>(lines);
            left.remove(i);
            all.add(replacing(Kind.JOURNAL_GAP, name + " without line " + i, name, joined(bytes, left)));
            List<Line> twice = new ArrayList<>(lines);
            twice.add(random.nextInt(lines.size() + 1), lines.get(i));
            all.add(replacing(Kind.JOURNAL_DUPLICATED, name + " line " + i + " twice", name, joined(bytes, twice)));
            if (i > 0) {
                List<Line> swapped = new ArrayList<>(lines);
                swapped.add(random.nextInt(i), swapped.remove(i));
                all.add(replacing(Kind.JOURNAL_REORDERED, name + " line " + i + " earlier", name, joined(bytes, swapped)));
            }
            ByteArrayOutputStream spliced = new ByteArrayOutputStream();
            spliced.write(bytes, 0, lines.get(i).from);
            spliced.writeBytes(foreignLine);
            spliced.write(bytes, lines.get(i).from, bytes.length - lines.get(i).from);
            all.add(replacing(Kind.JOURNAL_SPLICED, name + " before line " + i, name, spliced.toByteArray()));
        }
        return all;
    }

    /// Backups damaged.
    static List<Damage> ofBackups(Remains rest, int flips, Random random) {
        List<Damage> all = new ArrayList<>();
        all.add(removing(Kind.BACKUP_MISSING, Remains.BACKUP));
        for (String name : rest.names(Remains.BACKUP)) {
            byte[] bytes = rest.files().get(name);
            for (int i = 0; i < flips; i++) {
                int at = random.nextInt(bytes.length);
                all.add(replacing(Kind.BACKUP_BIT, name + " a bit of byte " + at, name, flipped(bytes, at, random)));
                all.add(replacing(Kind.BACKUP_CUT, name + " at " + at, name, Arrays.copyOf(bytes, at)));
            }
        }
        return all;
    }

    /// Several files at once, and all of them.
    static List<Damage> ofEverything(Remains rest, Map<String, byte[]> before, Map<String, byte[]> foreign, int combinations,
            Random random) {
        List<Damage> all = new ArrayList<>();
        all.add(new Damage(Kind.EVERYTHING_OLDER, "older", files -> {
            files.clear();
            files.putAll(before);
        }));
        all.add(new Damage(Kind.EVERYTHING_FOREIGN, "foreign", files -> {
            files.clear();
            files.putAll(foreign);
        }));
        all.add(new Damage(Kind.EVERYTHING_MISSING, "missing", Map::clear));
        for (int i = 0; i < combinations; i++) {
            long seed = random.nextLong();
            all.add(new Damage(Kind.EVERYTHING_DAMAGED, "seed " + seed, files -> severally(files, new Random(seed))));
        }
        return all;
    }

    private static void severally(Map<String, byte[]> files, Random random) {
        for (String name : List.copyOf(files.keySet())) {
            byte[] bytes = files.get(name);
            int at = bytes.length == 0 ? 0 : random.nextInt(bytes.length);
            switch (random.nextInt(5)) {
                case 0 -> files.remove(name);
                case 1 -> files.put(name, Arrays.copyOf(bytes, at));
                case 2, 3 -> files.put(name, bytes.length == 0 ? bytes : flipped(bytes, at, random));
                default -> {}
            }
        }
    }

    private static byte[] flipped(byte[] bytes, int at, Random random) {
        byte[] flipped = bytes.clone();
        flipped[at] ^= (byte) (1 << random.nextInt(8));
        return flipped;
    }

    /// A line of a segment, its end included.
    private record Line(int from, int to) {}

    private static List<Line> lines(byte[] bytes) {
        List<Line> lines = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                lines.add(new Line(from, i + 1));
                from = i + 1;
            }
        }
        return lines;
    }

    private static byte[] joined(byte[] bytes, List<Line> lines) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        lines.forEach(line -> joined.write(bytes, line.from, line.to - line.from));
        return joined.toByteArray();
    }

    /// The first line of a segment, as bytes.
    static byte[] firstLine(byte[] segment) {
        String text = new String(segment, StandardCharsets.ISO_8859_1);
        return text.substring(0, text.indexOf('\n') + 1).getBytes(StandardCharsets.ISO_8859_1);
    }
}
