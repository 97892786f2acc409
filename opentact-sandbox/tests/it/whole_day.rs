//! The example `whole_day`.

#[allow(dead_code)] // its `main`
#[path = "../../examples/whole_day.rs"]
mod example;

#[tokio::test]
async fn whole_day_orders_a_number_and_sends_messages_from_it() {
    let mut output = Vec::new();
    example::whole_day(&mut output).await.unwrap();
    insta::assert_snapshot!(String::from_utf8(output).unwrap(), @r"
    group Sales: 3 users
    number 12025550160: ordered
    number 12025550160: assigned to a SIP connection
    SMS to +12025550140: sent
    SMS to +12025550141: sent
    SMS to +12025550142: sent
    log: SMS to +12025550142 is sent
    log: SMS to +12025550141 is sent
    log: SMS to +12025550140 is sent
    ");
}
