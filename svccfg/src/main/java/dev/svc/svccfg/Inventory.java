package dev.svc.svccfg;

import dev.svc.command.Console;
import dev.svc.command.UsageException;
import dev.svc.manifest.Bundle;
import dev.svc.manifest.BundleException;
import dev.svc.manifest.BundledInstance;
import dev.svc.manifest.BundledService;
import dev.svc.manifest.ServiceBundles;
import dev.svc.svccfg.Documents.Document;
import dev.svc.svccfg.Documents.Origin;
import dev.svc.svccfg.Documents.UnreadableException;
import java.nio.file.Path;
import java.util.List;

/// `svccfg inventory`: lists what a bundle defines, instances before services.
final class Inventory implements Subcommand {
    @Override public String name() { return "inventory"; }

    @Override public String synopsis() { return "inventory FILE"; }

    @Override public String purpose() { return "Lists the instances and services in a manifest; needs no manager."; }

    @Override public Request parse(List<String> arguments, Selection selection) throws UsageException, RefusedException {
        List<String> operands = Arguments.of(this, List.of(), arguments).someOperands(this);
        return session -> list(new Document(Path.of(operands.getFirst()), Origin.NAMED), session.console());
    }

    private static int list(Document document, Console console) {
        try {
            Bundle bundle = ServiceBundles.read(document.file().toString(), document.content());
            for (BundledService service : bundle.services()) {
                for (BundledInstance instance : service.instances()) {
                    console.out().print(instance.fmri() + "\n");
                }
            }
            bundle.services().forEach(s -> console.out().print(s.fmri() + "\n"));
            return Console.DONE;
        } catch (BundleException | UnreadableException e) {
            e.getMessage().lines().forEach(console::warn);
            return Console.FAILED;
        }
    }
}
