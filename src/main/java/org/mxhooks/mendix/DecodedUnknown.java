package org.mxhooks.mendix;

import org.mxhooks.event.UnknownEvent;

final class DecodedUnknown extends DecodedEvent implements UnknownEvent {

    DecodedUnknown(DecodedBody payload, Provenance provenance) {
        super(payload, provenance);
    }
}
