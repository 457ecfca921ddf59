package dev.svc.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.svc.fmri.InstanceFmri;
import dev.svc.property.Property;
import dev.svc.property.PropertyGroup;
import dev.svc.property.ValueType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MethodTokensTest {
    private static final InstanceFmri WEB = InstanceFmri.parse("svc:/site/web:blue");
    private static final Model MODEL = Model.EMPTY.with(Change.of("test", 0, List.of(
            group(WEB, new PropertyGroup("application", "application", List.of(Property.text("root", "/srv/a b")))),
            group(WEB.serviceFmri(), new PropertyGroup("config", "application", List.of(
                    new Property("hosts", ValueType.ASTRING, List.of("one", "two")), Property.count("port", 80),
                    new Property("none", ValueType.ASTRING, List.of()), Property.text("hostile", "$(reboot)*")))))));

    private static LayerGroup group(dev.svc.fmri.EntityFmri entity, PropertyGroup group) {
        return new LayerGroup(entity, Layer.MANIFEST, group);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '>', value = {
            "/bin/web %m %s %i     > /bin/web start site/web blue",
            "%f by %r, 100%%       > svc:/site/web:blue by svc.startd, 100%",
            "serve %{config/port}  > serve 80",
            "serve %{config/hosts} > serve one two",
            "serve %{config/hosts:,} > serve one,two",
            "serve %{config/hosts::} > serve one:two",
            "serve %{root}         > serve /srv/a\\ b",
            "serve '%{config/none}' > serve ''",
            "%{svc:/site/web:blue/:properties/config/port} > 80",
            "%{config/hostile}     > \\$\\(reboot\\)\\*",
            "end%                  > end"}) void tokensBecomeTheirValues(String exec, String command) throws Exception {
        assertEquals(command, MethodTokens.expanded(exec, WEB, "start", MODEL));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '>', value = {
            "%x                    > token \"%x\" is unknown; one of %r, %m, %s, %i, %f, %%, %{property}",
            "%{config/absent}      > property \"config/absent\" of \"svc:/site/web:blue\" is missing",
            "%{open                > token \"%{\" in \"%{open\" is not closed by \"}\""}) void whatCannotBeExpandedIsNamed(String exec,
                    String message) {
        var e = assertThrows(MethodTokens.InvalidTokenException.class, () -> MethodTokens.expanded(exec, WEB, "start", MODEL));
        assertEquals(message, e.getMessage());
    }

    @Test void valuesOfTheInstanceHideThoseOfTheService() throws Exception {
        Model changed = MODEL.with(Change.of("test", 0, List.of(
                group(WEB, new PropertyGroup("config", "application", List.of(Property.count("port", 81)))))));
        assertEquals("81 one two", MethodTokens.expanded("%{config/port} %{config/hosts}", WEB, "start", changed));
    }
}
