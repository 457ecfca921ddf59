package dev.svc.simulation;

import dev.svc.engine.Standing;
import dev.svc.fmri.InstanceFmri;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;

/// What is damaged or refused: labels, the disk and its files, writing; files come and go, the machine is booted.
final class Damage {
    private final Scenario scenario;
    /// Those whose label was lost since it was last found to be what memory is.
    private final Set<InstanceFmri> lost = new HashSet<>();
    private boolean flipped;

    Damage(Scenario scenario) {
        this.scenario = scenario;
    }

    /// Whether its label was lost, and perhaps nothing was written of it since.
    boolean isLost(InstanceFmri fmri) {
        return lost.contains(fmri);
    }

    void move() {
        SplittableRandom dice = scenario.dice();
        Temper temper = scenario.temper;
        switch (dice.nextInt(8)) {
            case 0 -> {
                if (!scenario.kernel.known().isEmpty()) {
                    InstanceFmri fmri = scenario.kernel.known().get(dice.nextInt(scenario.kernel.known().size()));
                    boolean both = temper.loses() && dice.nextInt(3) == 0;
                    if (scenario.site.all().contains(fmri)) {
                        loseLabel(fmri, both);
                    }
                }
            }
            case 1 -> {
                if (temper.diskFaults()) {
                    SimulatedDisk.Fault fault = SimulatedDisk.Fault.values()[1 + dice.nextInt(3)];
                    scenario.tell("disk: %s", fault);
                    scenario.platter.begin(fault, dice.nextInt(12));
                }
            }
            case 2 -> {
                if (temper.refusals()) {
                    scenario.kernel.refusedAttributes = dice.nextInt(4);
                    scenario.kernel.refusedFiles = dice.nextInt(4);
                    scenario.tell("writing is refused: %s attributes, %s files", scenario.kernel.refusedAttributes,
                            scenario.kernel.refusedFiles);
                }
            }
            case 3 -> {
                String file = Site.files().get(dice.nextInt(2));
                if (!scenario.world.files.remove(file)) {
                    scenario.world.files.add(file);
                }
                scenario.causes.all("file");
                scenario.filesChanged();
            }
            case 4 -> {
                if (temper.flips() && !flipped && scenario.hasNoManager() && scenario.hasImported()) {
                    flipped = true;
                    scenario.tell("a bit flips in %s", scenario.platter.flip(dice));
                }
            }
            case 5, 6 -> {
                if (temper.boots() && dice.nextInt(4) == 0) {
                    scenario.boot(dice.nextBoolean());
                }
            }
            default -> rootOrFiles();
        }
    }

    private void rootOrFiles() {
        SplittableRandom dice = scenario.dice();
        if (scenario.temper.losesRoot() && dice.nextBoolean()) {
            boolean both = dice.nextBoolean();
            boolean gone = scenario.kernel.damageRoot(both, dice);
            scenario.tell("root damaged: %s", both ? "both copies" : "one copy");
            if (gone) {
                scenario.milestone.isForgotten();
                scenario.causes.all("root lost");
            }
        }
        scenario.temper.damages().ifPresent(files -> {
            if (dice.nextInt(3) == 0) {
                scenario.platter.remember();
            } else if (scenario.hasImported()) {
                scenario.tell("damaged: %s", scenario.platter.damage(files::include, dice));
            }
        });
    }

    /// Nothing is refused any more.
    void ends() {
        scenario.platter.mend();
        scenario.kernel.refusedAttributes = 0;
        scenario.kernel.refusedFiles = 0;
    }

    private void loseLabel(InstanceFmri fmri, boolean both) {
        boolean gone = scenario.kernel.damageLabel(fmri, both, scenario.dice());
        scenario.tell("label damaged: %s, %s", fmri, gone ? "lost" : "one copy");
        if (gone) {
            lost.add(fmri);
            scenario.administrator.promisesNothing(fmri);
            scenario.causes.from(fmri, "label lost");
            mayBeForgotten(fmri);
        }
    }

    /// Its label is lost: the next manager knows no more than its permanent setting.
    private void mayBeForgotten(InstanceFmri fmri) {
        Expected expected = scenario.expected.get(fmri);
        expected.perhaps(Scenario::withoutOverride);
        // Outside the milestone it is taken as never decided about.
        expected.perhaps(Scenario::down);
        scenario.milestone.decides(fmri);
    }

    /// If nothing has been written of it since, memory alone knows what was settled.
    void settled(InstanceFmri fmri) {
        if (isLost(fmri) && !scenario.kernel.label(fmri).equals(scenario.standing(fmri).map(Standing::label))) {
            mayBeForgotten(fmri);
        }
    }
}
