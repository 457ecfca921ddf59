package dev.svc.manifest;

import dev.svc.fmri.InvalidFmriException;
import dev.svc.fmri.ServiceFmri;
import dev.svc.manifest.document.InstanceElement;
import dev.svc.manifest.document.ServiceBundleElement;
import dev.svc.manifest.document.ServiceElement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the elements of a valid document mean, service by service.
final class BundleMapping {
    private final String file;
    private final Findings findings;
    private final Map<ServiceFmri, BundledService> services = new LinkedHashMap<>();

    BundleMapping(String file, Findings findings) {
        this.file = file;
        this.findings = findings;
    }

    /// The bundle; without what stands in the findings afterwards.
    Bundle bundle(ServiceBundleElement document) {
        Bundle.Kind kind = kind(document);
        addServices(document, kind);
        return new Bundle(file, file, kind, document.name, List.copyOf(services.values()));
    }

    private static Bundle.Kind kind(ServiceBundleElement document) {
        return switch (document.type) {
            case "manifest" -> Bundle.Kind.MANIFEST;
            case "profile" -> Bundle.Kind.PROFILE;
            default -> Bundle.Kind.ARCHIVE;
        };
    }

    private void addServices(ServiceBundleElement document, Bundle.Kind kind) {
        if (document.name.isEmpty()) {
            findings.add(document.line, "service_bundle: name is empty; it must name the bundle");
        }
        for (ServiceBundleElement included : document.bundles) {
            if (kind(included) != kind) {
                findings.add(included.line, "service_bundle \"" + included.name + "\": included bundle of different type; it must be "
                        + kind.word());
            } else {
                addServices(included, kind);
            }
        }
        document.services.forEach(service -> addService(service, kind));
    }

    private void addService(ServiceElement element, Bundle.Kind kind) {
        String title = "service \"" + element.name + "\"";
        ServiceFmri fmri;
        try {
            fmri = new ServiceFmri(element.name);
        } catch (InvalidFmriException e) {
            findings.add(element.line, title + ": Invalid name: " + e.getMessage());
            return;
        }
        if (!element.version.strip().matches("[0-9]{1,9}")) {
            findings.add(element.line, title + ": version \"" + element.version + "\" is not a number");
        }
        EntityMapping entity = new EntityMapping(fmri, kind, findings);
        entity.addService(element);
        List<BundledInstance> instances = instances(fmri, element, kind);
        BundledService service = new BundledService(fmri, entity.groups(), entity.dependents(), instances, element.line);
        if (services.putIfAbsent(fmri, service) != null) {
            findings.add(element.line, "Multiple definitions of " + title + " in the bundle; one is allowed");
        }
    }

    private List<BundledInstance> instances(ServiceFmri service, ServiceElement element, Bundle.Kind kind) {
        Map<String, BundledInstance> instances = new LinkedHashMap<>();
        if (element.defaultInstance != null) {
            EntityMapping entity = new EntityMapping(service.instance("default"), kind, findings);
            entity.addEnabled(element.defaultInstance.enabled, element.defaultInstance.line);
            instances.put("default", new BundledInstance(service.instance("default"), entity.groups(), List.of(),
                    element.defaultInstance.line));
        }
        for (InstanceElement each : element.instances) {
            instance(service, each, kind).ifPresent(instance -> {
                if (instances.putIfAbsent(each.name, instance) != null) {
                    findings.add(each.line, "Multiple definitions of instance \"" + each.name + "\" of " + service + "; one is allowed");
                }
            });
        }
        return new ArrayList<>(instances.values());
    }

    private Optional<BundledInstance> instance(ServiceFmri service, InstanceElement element, Bundle.Kind kind) {
        String title = "instance \"" + element.name + "\"";
        try {
            EntityMapping entity = new EntityMapping(service.instance(element.name), kind, findings);
            if (element.enabled != null) {
                entity.addEnabled(element.enabled, element.line);
            } else if (kind != Bundle.Kind.PROFILE) {
                findings.add(element.line, title + ": attribute enabled is missing; one of true, false");
            }
            entity.addInstance(element);
            return Optional.of(new BundledInstance(service.instance(element.name), entity.groups(), entity.dependents(), element.line));
        } catch (InvalidFmriException e) {
            findings.add(element.line, title + ": Invalid name: " + e.getMessage());
            return Optional.empty();
        }
    }
}
