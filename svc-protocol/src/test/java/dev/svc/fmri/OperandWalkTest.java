package dev.svc.fmri;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OperandWalkTest {
    // site/web:blue   site/web:green   site/db:primary   site/mail (no instance)   network/web:default   pg site/web config(port)
    private static final Fixture NAMES = new Fixture("site/web:blue", "site/web:green", "site/db:primary", "site/mail",
            "network/web:default");

    private static final class Fixture implements OperandWalk.Namespace {
        private final Map<ServiceFmri, List<InstanceFmri>> all = new LinkedHashMap<>();
        private final Set<String> properties = Set.of("svc:/site/web/:properties/config", "svc:/site/web/:properties/config/port");

        Fixture(String... names) {
            for (String name : names) {
                EntityFmri fmri = EntityFmri.parse(name);
                List<InstanceFmri> instances = all.computeIfAbsent(fmri.serviceFmri(), _ -> new ArrayList<>());
                if (fmri instanceof InstanceFmri instance) {
                    instances.add(instance);
                }
            }
        }

        @Override public List<ServiceFmri> services() { return List.copyOf(all.keySet()); }

        @Override public List<InstanceFmri> instances(ServiceFmri service) { return all.getOrDefault(service, List.of()); }

        @Override public boolean exists(Fmri fmri) {
            return switch (fmri) {
                case ServiceFmri service -> all.containsKey(service);
                case InstanceFmri instance -> instances(instance.serviceFmri()).contains(instance);
                default -> properties.contains(fmri.toString());
            };
        }
    }

    private static OperandWalk walk(OperandRule rule, String... operands) {
        return OperandWalk.of(List.of(operands), rule, NAMES);
    }

    private static void assertVisits(OperandWalk walk, String... fmris) {
        List<String> visits = walk.visits().stream().map(Fmri::toString).map(f -> f.substring("svc:/".length())).toList();
        assertEquals(List.of(fmris), visits);
    }

    @Test void withoutOperandsEveryInstanceIsVisitedInOrder() {
        assertVisits(walk(OperandRule.INSTANCES), "site/web:blue", "site/web:green", "site/db:primary", "network/web:default");
    }

    @Test void withoutOperandsServicesAreVisitedWhereTheRuleAsksForThem() {
        assertVisits(walk(OperandRule.SERVICES), "site/web", "site/db", "site/mail", "network/web");
    }

    @Test void fullFmriIsThatInstance() {
        for (String name : List.of("svc:/site/db:primary", "svc://localhost/site/db:primary", "/site/db:primary", "site/db:primary")) {
            assertVisits(walk(OperandRule.INSTANCES, name), "site/db:primary");
        }
    }

    @Test void exactServiceIsAllItsInstancesInReverse() {
        assertVisits(walk(OperandRule.INSTANCES, "site/web"), "site/web:green", "site/web:blue");
        assertVisits(walk(OperandRule.ADMINISTRATION, "svc:/site/web"), "site/web:green", "site/web:blue");
    }

    @Test void exactServiceIsItselfForServicesAndProperties() {
        assertVisits(walk(OperandRule.SERVICES, "site/web"), "site/web");
        assertVisits(walk(OperandRule.PROPERTIES, "site/web"), "site/web");
    }

    @Test void serviceWithoutInstancesMatchesNoInstances() {
        assertEquals(List.of("Pattern 'site/mail' doesn't match any instances"), walk(OperandRule.INSTANCES, "site/mail").warnings());
    }

    @Test void ambiguousAbbreviationOfSvcadmIsDroppedAndOthersAct() {
        OperandWalk walk = walk(OperandRule.ADMINISTRATION, "web", "db");
        assertVisits(walk, "site/db:primary");
        assertEquals(List.of("Partial FMRI 'web' matches multiple instances\n\tsvc:/site/web:blue\n\tsvc:/site/web:green"
                + "\n\tsvc:/network/web:default"), walk.warnings());
        assertEquals(1, walk.status());
    }

    @Test void globsOfSvcadmMayMatchMany() {
        assertVisits(walk(OperandRule.ADMINISTRATION, "site/w*"), "site/web:green", "site/web:blue");
    }

    @Test void svcsTakesAllMatchesOfAnAbbreviation() {
        assertVisits(walk(OperandRule.INSTANCES, "web"), "network/web:default", "site/web:green", "site/web:blue");
    }

    @Test void visitedOnceThoughMatchedTwice() {
        assertVisits(walk(OperandRule.INSTANCES, "site/web:blue", "site/web", "*blue"), "site/web:blue", "site/web:green");
    }

    @Test void noMatchWarnsInOperandOrder() {
        OperandWalk walk = walk(OperandRule.INSTANCES, "nope", "site/db", "no*", "lrc:/etc/rc2_d/S20acme");
        assertVisits(walk, "site/db:primary");
        assertEquals(List.of("Pattern 'nope' doesn't match any instances", "Pattern 'svc:/no*' doesn't match any instances",
                "Operation not supported for legacy service 'lrc:/etc/rc2_d/S20acme'"), walk.warnings());
    }

    @Test void whatIsMissingDependsOnTheRule() {
        assertEquals(List.of("Pattern 'x' doesn't match any instances or services"), walk(OperandRule.SERVICES, "x").warnings());
        assertEquals(List.of("Pattern 'x' doesn't match any entities"), walk(OperandRule.PROPERTIES, "x").warnings());
    }

    @Test void tooLongIsIgnored() {
        String name = "x".repeat(Fmri.LONGEST + 1);
        assertEquals(List.of("Argument '" + name + "' is too long, ignoring"), walk(OperandRule.INSTANCES, name).warnings());
    }

    @Test void serviceWinsOverItsInstancesForDependents() {
        assertVisits(walk(OperandRule.SERVICES, "web"), "network/web", "site/web");
        assertVisits(walk(OperandRule.SERVICES, "blue"), "site/web:blue");
    }

    @Test void instancesWinOverTheirServiceForProperties() {
        assertVisits(walk(OperandRule.PROPERTIES, "web"), "network/web:default", "site/web:green", "site/web:blue");
        assertVisits(walk(OperandRule.PROPERTIES, "*mail*"), "site/mail");
        assertVisits(walk(OperandRule.PROPERTIES, "*/web"), "network/web", "site/web");
    }

    @Test void propertyOperandsMustExistOnTheEntityNamed() {
        assertVisits(walk(OperandRule.PROPERTIES, "site/web/:properties/config/port"), "site/web/:properties/config/port");
        assertVisits(walk(OperandRule.PROPERTIES, "svc:/site/web/:properties/config"), "site/web/:properties/config");
        assertEquals(1, walk(OperandRule.PROPERTIES, "site/web:blue/:properties/config").status());
        assertEquals(1, walk(OperandRule.INSTANCES, "site/web/:properties/config").status());
    }

    @Test void oneEntityMeansOne() {
        OperandWalk walk = walk(OperandRule.ONE_ENTITY, "site/w*");
        assertEquals(List.of("Pattern 'svc:/site/w*' matches multiple instances:\n\tsvc:/site/web:blue\n\tsvc:/site/web:green"),
                walk.warnings());
        assertVisits(walk);
    }

    @Test void fileIsNoOperand() {
        assertEquals(1, walk(OperandRule.INSTANCES, "file:///etc/passwd").status());
    }
}
