package dev.svc.graph;

/// On which side of the milestone in force an instance is: one of those it includes, or not.
public enum Side {
    INSIDE, OUTSIDE
}
