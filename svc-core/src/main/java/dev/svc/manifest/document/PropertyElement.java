package dev.svc.manifest.document;

import jakarta.xml.bind.annotation.XmlElement;
import jakarta.xml.bind.annotation.XmlElements;
import jakarta.xml.bind.annotation.XmlType;

/// `property`: a property of any number of values. No list: no values.
@XmlType(propOrder = {"list"}) public final class PropertyElement extends SettingElement {
    @XmlElements({
            @XmlElement(name = "count_list", type = ValueList.CountList.class),
            @XmlElement(name = "integer_list", type = ValueList.IntegerList.class),
            @XmlElement(name = "opaque_list", type = ValueList.OpaqueList.class),
            @XmlElement(name = "host_list", type = ValueList.HostList.class),
            @XmlElement(name = "hostname_list", type = ValueList.HostnameList.class),
            @XmlElement(name = "net_address_list", type = ValueList.NetAddressList.class),
            @XmlElement(name = "net_address_v4_list", type = ValueList.NetAddressV4List.class),
            @XmlElement(name = "net_address_v6_list", type = ValueList.NetAddressV6List.class),
            @XmlElement(name = "time_list", type = ValueList.TimeList.class),
            @XmlElement(name = "astring_list", type = ValueList.AstringList.class),
            @XmlElement(name = "ustring_list", type = ValueList.UstringList.class),
            @XmlElement(name = "boolean_list", type = ValueList.BooleanList.class),
            @XmlElement(name = "fmri_list", type = ValueList.FmriList.class),
            @XmlElement(name = "uri_list", type = ValueList.UriList.class)}) public ValueList list;
}
