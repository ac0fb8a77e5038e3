package org.mxhooks.companion;

import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageListener;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.util.Enumeration;

/** A durable subscriber to the topic, which notes every message of a delivery: its properties as JSON, and its body. */
@MessageDriven(
        activationConfig = {
            @ActivationConfigProperty(propertyName = "destinationType", propertyValue = "jakarta.jms.Topic"),
            @ActivationConfigProperty(propertyName = "destination", propertyValue = "mxhooks.events"),
            @ActivationConfigProperty(propertyName = "subscriptionDurability", propertyValue = "Durable"),
            @ActivationConfigProperty(propertyName = "clientId", propertyValue = "companion"),
            @ActivationConfigProperty(propertyName = "subscriptionName", propertyValue = "companion")
        })
public class Subscriber implements MessageListener {

    @Override
    public void onMessage(Message message) {
        try {
            JsonObjectBuilder noted = Json.createObjectBuilder().add("body", message.getBody(String.class));
            for (Enumeration<?> names = message.getPropertyNames(); names.hasMoreElements(); ) {
                String name = names.nextElement().toString();
                noted.add(name, message.getStringProperty(name));
            }
            Notes.take(
                    message.getStringProperty("delivery"),
                    "subscriber",
                    noted.build().toString());
        } catch (JMSException e) {
            throw new IllegalStateException(e);
        }
    }
}
