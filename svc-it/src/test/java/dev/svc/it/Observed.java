package dev.svc.it;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What can be seen from outside at a moment: what `svcs` says, and which processes of witnesses live.
///
/// @param states state by FMRI
/// @param contracts primary contract by FMRI, `-` if there is none
record Observed(Map<String, String> states, Map<String, String> contracts, Map<String, List<Living.Process>> services) {
    static Observed of(Site site) {
        Map<String, String> states = new TreeMap<>();
        Map<String, String> contracts = new TreeMap<>();
        for (String line : listing(site).lines()) {
            String[] words = line.strip().split("\\s+");
            states.put(words[0], words[2].equals("-") ? words[1] : words[1] + "*");
            contracts.put(words[0], words.length > 3 ? words[3] : "-");
        }
        return new Observed(states, contracts, new Living(site).services());
    }

    /// With its keeper killed, too, there is nobody to ask until somebody starts a manager again.
    private static Site.Result listing(Site site) {
        Site.Result[] result = new Site.Result[1];
        site.await("svcs answers", () -> {
            result[0] = site.svc("svcs", "-aHo", "fmri,state,nstate,ctid");
            return result[0].status() == 0;
        });
        return result[0];
    }
}
