package dev.svc.engine;

import dev.svc.model.Definition;
import dev.svc.restarter.Label;

/// What an instance is and where it is in its life.
public record Standing(Definition definition, Label label) {}
