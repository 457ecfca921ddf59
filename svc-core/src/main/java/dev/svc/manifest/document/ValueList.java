package dev.svc.manifest.document;

import dev.svc.property.ValueType;
import jakarta.xml.bind.annotation.XmlElement;
import jakarta.xml.bind.annotation.XmlTransient;
import java.util.ArrayList;
import java.util.List;

/// The values of a `property`; which list it is says their type.
public abstract sealed class ValueList extends Element {
    @XmlTransient public final ValueType type;

    @XmlElement(name = "value_node") public List<WordElement> values = new ArrayList<>();

    private ValueList(ValueType type) {
        this.type = type;
    }

    /// An empty list for values of `type`.
    public static ValueList of(ValueType type) {
        return switch (type) {
            case COUNT -> new CountList();
            case INTEGER -> new IntegerList();
            case OPAQUE -> new OpaqueList();
            case HOST -> new HostList();
            case HOSTNAME -> new HostnameList();
            case NET_ADDRESS -> new NetAddressList();
            case NET_ADDRESS_V4 -> new NetAddressV4List();
            case NET_ADDRESS_V6 -> new NetAddressV6List();
            case TIME -> new TimeList();
            case ASTRING -> new AstringList();
            case USTRING -> new UstringList();
            case BOOLEAN -> new BooleanList();
            case FMRI -> new FmriList();
            case URI -> new UriList();
        };
    }

    public static final class CountList extends ValueList {
        public CountList() {
            super(ValueType.COUNT);
        }
    }

    public static final class IntegerList extends ValueList {
        public IntegerList() {
            super(ValueType.INTEGER);
        }
    }

    public static final class OpaqueList extends ValueList {
        public OpaqueList() {
            super(ValueType.OPAQUE);
        }
    }

    public static final class HostList extends ValueList {
        public HostList() {
            super(ValueType.HOST);
        }
    }

    public static final class HostnameList extends ValueList {
        public HostnameList() {
            super(ValueType.HOSTNAME);
        }
    }

    public static final class NetAddressList extends ValueList {
        public NetAddressList() {
            super(ValueType.NET_ADDRESS);
        }
    }

    public static final class NetAddressV4List extends ValueList {
        public NetAddressV4List() {
            super(ValueType.NET_ADDRESS_V4);
        }
    }

    public static final class NetAddressV6List extends ValueList {
        public NetAddressV6List() {
            super(ValueType.NET_ADDRESS_V6);
        }
    }

    public static final class TimeList extends ValueList {
        public TimeList() {
            super(ValueType.TIME);
        }
    }

    public static final class AstringList extends ValueList {
        public AstringList() {
            super(ValueType.ASTRING);
        }
    }

    public static final class UstringList extends ValueList {
        public UstringList() {
            super(ValueType.USTRING);
        }
    }

    public static final class BooleanList extends ValueList {
        public BooleanList() {
            super(ValueType.BOOLEAN);
        }
    }

    public static final class FmriList extends ValueList {
        public FmriList() {
            super(ValueType.FMRI);
        }
    }

    public static final class UriList extends ValueList {
        public UriList() {
            super(ValueType.URI);
        }
    }
}
