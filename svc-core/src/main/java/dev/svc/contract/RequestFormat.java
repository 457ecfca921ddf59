package dev.svc.contract;

import dev.svc.fmri.InstanceFmri;
import dev.svc.model.ErrorClass;
import dev.svc.model.Reason;
import dev.svc.protocol.JsonLines;
import dev.svc.protocol.MalformedLineException;
import dev.svc.protocol.Members;
import dev.svc.restarter.Event;
import dev.svc.restarter.Request;
import jakarta.json.JsonObjectBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Pending requests as they stand in labels.
///
/// ```
/// {"is":"restart","dump":true}   {"is":"refresh"}   {"is":"clear"}   {"is":"forget"}
/// {"is":"maintenance","immediate":true,"requester":"svc:/a:b","byService":true}
/// {"is":"degraded","requester":"svc:/a:b","byService":true}
/// {"is":"disable","by":"administrator"}   {"is":"stop","reason":"ct_ev_core","cause":"fault"}
/// {"is":"misconfigured","reason":"dependency_cycle"}
/// ```
final class RequestFormat {
    private RequestFormat() {}

    static JsonObjectBuilder object(Request request) {
        return switch (request) {
            case Request.Restart(var dump) -> is("restart").add("dump", dump == Request.Dump.CORE);
            case Request.Refresh _ -> is("refresh");
            case Request.Clear _ -> is("clear");
            case Request.Forget _ -> is("forget");
            case Request.Disable(var by) -> is("disable").add("by", Words.of(by));
            case Request.Stop(var reason, var cause) -> is("stop").add("reason", reason.word()).add("cause", Words.of(cause));
            case Request.Misconfigured(var reason) -> is("misconfigured").add("reason", reason.word());
            case Request.MarkMaintenance(var haste, var requester, var byService) -> asked(
                    is("maintenance").add("immediate", haste == Request.Haste.IMMEDIATE), requester, byService);
            case Request.MarkDegraded(var requester, var byService) -> asked(is("degraded"), requester, byService);
        };
    }

    static List<Request> requests(List<Members> objects) throws MalformedLineException {
        List<Request> requests = new ArrayList<>();
        for (Members object : objects) {
            requests.add(request(object));
        }
        return requests;
    }

    private static Request request(Members object) throws MalformedLineException {
        String is = object.text("is");
        return switch (is) {
            case "restart" -> new Request.Restart(object.truth("dump") ? Request.Dump.CORE : Request.Dump.NO);
            case "refresh" -> new Request.Refresh();
            case "clear" -> new Request.Clear();
            case "forget" -> new Request.Forget();
            case "disable" -> new Request.Disable(Words.constant(Event.By.class, object.text("by")));
            case "stop" -> new Request.Stop(reason(object), Words.constant(ErrorClass.class, object.text("cause")));
            case "misconfigured" -> new Request.Misconfigured(reason(object));
            case "maintenance" -> new Request.MarkMaintenance(
                    object.truth("immediate") ? Request.Haste.IMMEDIATE : Request.Haste.ORDERLY,
                    requester(object),
                    object.truth("byService"));
            case "degraded" -> new Request.MarkDegraded(requester(object), object.truth("byService"));
            default -> throw new MalformedLineException("\"" + is + "\" is not a request");
        };
    }

    private static Reason reason(Members object) throws MalformedLineException {
        return Words.known("reason", object.text("reason"), Reason::named);
    }

    private static Optional<InstanceFmri> requester(Members object) throws MalformedLineException {
        return object.tryText("requester").map(InstanceFmri::parse);
    }

    private static JsonObjectBuilder is(String word) {
        return JsonLines.object().add("is", word);
    }

    private static JsonObjectBuilder asked(JsonObjectBuilder object, Optional<InstanceFmri> requester, boolean byService) {
        requester.ifPresent(fmri -> object.add("requester", fmri.toString()));
        return object.add("byService", byService);
    }
}
