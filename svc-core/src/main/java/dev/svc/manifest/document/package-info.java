/// A service bundle as JAXB reads and writes it: one class for each element, or for several of one shape.
///
/// Fields are named after what they mean and public because JAXB fills them; an absent attribute or element is null. These objects live
/// only between the reader and the mapping, or between the mapping and the writer, in one thread. `propOrder` is the order of
/// service_bundle.dtd.1, for writing; when reading, order was checked before JAXB sees an element.
@XmlAccessorType(XmlAccessType.FIELD)
package dev.svc.manifest.document;

import jakarta.xml.bind.annotation.XmlAccessType;
import jakarta.xml.bind.annotation.XmlAccessorType;
