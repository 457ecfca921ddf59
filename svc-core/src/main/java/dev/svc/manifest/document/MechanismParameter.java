package dev.svc.manifest.document;

import jakarta.xml.bind.annotation.XmlTransient;

/// `parameter` or `paramval`.
@XmlTransient public abstract sealed class MechanismParameter extends Element permits ParameterElement, ParamvalElement {}
