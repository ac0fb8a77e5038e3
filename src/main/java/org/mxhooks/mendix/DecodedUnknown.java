package org.mxhooks.mendix;

import org.mxhooks.event.UnknownEvent;

final class DecodedUnknown extends DecodedEvent implements UnknownEvent {

    DecodedUnknown(PortalBody payload, Provenance provenance) {
        super(payload, provenance);
    }
}
