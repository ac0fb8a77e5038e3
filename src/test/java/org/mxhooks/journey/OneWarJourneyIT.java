package org.mxhooks.journey;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** All servers run the one file that the build made: each deployment of these tests is held against it. */
@Tag("journey")
class OneWarJourneyIT {

    @Test
    void isNotTakenForAChangedOne() {
        WebArchive changed = Companion.war().addAsWebInfResource(new StringAsset("<beans/>"), "beans.xml");

        assertThatThrownBy(() -> BuiltWar.assertUnchangedIn(changed)).hasMessageContaining("WEB-INF/beans.xml");
    }

    @Test
    void isNotTakenForOneWithMoreInIt() {
        WebArchive more = Companion.war().addAsWebInfResource(new StringAsset(""), "more.xml");

        assertThatThrownBy(() -> BuiltWar.assertUnchangedIn(more)).hasMessageContaining("WEB-INF/more.xml");
    }
}
