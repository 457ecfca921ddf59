package dev.svc.manifest;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What may still follow in an element: a content model of a DTD, less what was read already.
///
/// [#after] yields the derivative of the model with respect to one child. Content models of DTDs are deterministic, so the first
/// alternative that takes a child is the only one, and a derivative never grows beyond the model it comes from.
sealed interface ContentModel {
    /// Nothing more.
    record Nothing() implements ContentModel {}

    /// Text and nothing else.
    record Text() implements ContentModel {}

    /// One child of that name.
    record Child(String name) implements ContentModel {}

    /// One after the other.
    record Sequence(ContentModel first, ContentModel rest) implements ContentModel {}

    /// One of them.
    record Choice(List<ContentModel> alternatives) implements ContentModel {}

    /// Any number of it.
    record Star(ContentModel repeated) implements ContentModel {}

    ContentModel NOTHING = new Nothing();

    /// What may follow after `child`; empty if the child may not come next.
    default Optional<ContentModel> after(String child) {
        return switch (this) {
            case Nothing _,Text _ -> Optional.empty();
            case Child(String name) -> name.equals(child) ? Optional.of(NOTHING) : Optional.empty();
            case Sequence(ContentModel first, ContentModel rest) -> first.after(child).map(left -> sequence(left, rest))
                    .or(() -> first.complete() ? rest.after(child) : Optional.empty());
            case Choice(List<ContentModel> alternatives) -> alternatives.stream().flatMap(a -> a.after(child).stream()).findFirst();
            case Star(ContentModel repeated) -> repeated.after(child).map(left -> sequence(left, this));
        };
    }

    /// Whether the element may end here.
    default boolean complete() {
        return switch (this) {
            case Nothing _,Text _,Star _ -> true;
            case Child _ -> false;
            case Sequence(ContentModel first, ContentModel rest) -> first.complete() && rest.complete();
            case Choice(List<ContentModel> alternatives) -> alternatives.stream().anyMatch(ContentModel::complete);
        };
    }

    /// The children that may come next.
    default Set<String> next() {
        Set<String> names = new LinkedHashSet<>();
        collect(names, Extent.NEXT);
        return names;
    }

    /// All children that the model names.
    default Set<String> children() {
        Set<String> names = new LinkedHashSet<>();
        collect(names, Extent.ALL);
        return names;
    }

    /// How far [#collect] looks.
    enum Extent {
        NEXT, ALL
    }

    private void collect(Set<String> names, Extent extent) {
        switch (this) {
            case Nothing _,Text _ -> {}
            case Child(String name) -> names.add(name);
            case Sequence(ContentModel first, ContentModel rest) -> {
                first.collect(names, extent);
                if (extent == Extent.ALL || first.complete()) {
                    rest.collect(names, extent);
                }
            }
            case Choice(List<ContentModel> alternatives) -> alternatives.forEach(a -> a.collect(names, extent));
            case Star(ContentModel repeated) -> repeated.collect(names, extent);
        }
    }

    private static ContentModel sequence(ContentModel first, ContentModel rest) {
        return first instanceof Nothing ? rest : rest instanceof Nothing ? first : new Sequence(first, rest);
    }

    /// The model that a declaration such as `(a?,(b|c)*)` describes.
    static ContentModel parse(String declaration) {
        Deque<String> tokens = new ArrayDeque<>(List.of(declaration.replaceAll("\\s+", "").splitWithDelimiters("[(),|?*+]", 0)));
        tokens.removeIf(String::isEmpty);
        return particle(tokens);
    }

    private static ContentModel particle(Deque<String> tokens) {
        String token = tokens.remove();
        ContentModel model = switch (token) {
            case "(" -> group(tokens);
            case "EMPTY" -> NOTHING;
            case "#PCDATA" -> new Text();
            default -> new Child(token);
        };
        return repeated(model, tokens);
    }

    private static ContentModel group(Deque<String> tokens) {
        ContentModel first = particle(tokens);
        return switch (tokens.remove()) {
            case "," -> sequence(first, group(tokens));
            case "|" -> switch (group(tokens)) {
                case Choice(List<ContentModel> others) -> choice(first, others);
                case ContentModel other -> choice(first, List.of(other));
            };
            default -> first;
        };
    }

    private static Choice choice(ContentModel first, List<ContentModel> others) {
        List<ContentModel> all = new java.util.ArrayList<>(List.of(first));
        all.addAll(others);
        return new Choice(List.copyOf(all));
    }

    private static ContentModel repeated(ContentModel model, Deque<String> tokens) {
        String sign = tokens.isEmpty() ? "" : tokens.peek();
        ContentModel repeated = switch (sign) {
            case "?" -> new Choice(List.of(model, NOTHING));
            case "*" -> new Star(model);
            case "+" -> sequence(model, new Star(model));
            default -> model;
        };
        if (repeated != model) {
            tokens.remove();
        }
        return repeated;
    }
}
